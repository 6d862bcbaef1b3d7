using MessagingServices.Domain.Carriers;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Webhooks;

namespace MessagingServices.Domain.Advice;

/// <summary>A message and what decides on it.</summary>
/// <param name="Message">The message with all its statuses.</param>
/// <param name="Webhooks">The webhooks about it, in the order in which they were enqueued.</param>
/// <param name="Rules">The carrier rules of its account, newest first.</param>
/// <param name="Now">The time of the account's clock.</param>
/// <param name="IsClockFrozen">Whether that clock moves only when somebody moves it.</param>
public sealed record AdvisedMessage(
    Message Message, IReadOnlyList<Webhook> Webhooks, IReadOnlyList<CarrierRule> Rules, DateTimeOffset Now,
    bool IsClockFrozen)
{
    /// <summary>
    /// What to do about it, in words: about its error, why it still waits, and about its webhooks. Empty when nothing
    /// is wrong.
    /// </summary>
    public IReadOnlyList<string> Advice() =>
    [
        .. ErrorAdvice.Of(Message, Rules),
        .. WaitingAdvice.Of(this),
        .. WebhookAdvice.Of(Message, Webhooks),
    ];
}
