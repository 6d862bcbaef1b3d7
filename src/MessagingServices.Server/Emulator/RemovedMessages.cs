using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Emulator;

/// <summary>What this server knows of messages that a reset has removed.</summary>
internal sealed class RemovedMessages(
    OwnedMessages memory, WebhookDispatcher webhooks, MessagingServiceCache services, SpentCache spent)
{
    /// <summary>
    /// Forgets them, what they cost, and the cached Messaging Services. When the task ends, this server sends none of
    /// their webhooks.
    /// </summary>
    public Task ForgetAsync()
    {
        services.InvalidateAll();
        spent.InvalidateAll();
        memory.ForgetAll();
        return webhooks.CancelAllAsync();
    }
}
