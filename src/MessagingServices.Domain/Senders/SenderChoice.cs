namespace MessagingServices.Domain.Senders;

/// <summary>What sender selection decided: <see cref="Chosen"/> or <see cref="Refused"/>.</summary>
/// <param name="Reason">Why, for people.</param>
/// <param name="Steps">What each rule did, in order.</param>
public abstract record SenderChoice(string Reason, IReadOnlyList<SelectionStep> Steps)
{
    /// <summary>This sender is used.</summary>
    public sealed record Chosen(PoolSender Sender, string Reason, IReadOnlyList<SelectionStep> Steps) : SenderChoice(Reason, Steps);

    /// <summary>No sender can be used; the message fails with the error's code (21703, 21704).</summary>
    public sealed record Refused(MessagingError Error, string Reason, IReadOnlyList<SelectionStep> Steps) : SenderChoice(Reason, Steps);
}
