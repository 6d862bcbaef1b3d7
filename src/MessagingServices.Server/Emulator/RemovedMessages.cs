using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Emulator;

/// <summary>What this server knows of messages that a reset has removed.</summary>
internal sealed class RemovedMessages(
    OwnedMessages memory, WebhookDispatcher webhooks, MessagingServiceCache services)
{
    /// <summary>
    /// Forgets them, and the cached Messaging Services. When the task ends, this server sends none of their webhooks.
    /// </summary>
    public Task ForgetAsync()
    {
        services.InvalidateAll();
        memory.ForgetAll();
        return webhooks.CancelAllAsync();
    }
}
