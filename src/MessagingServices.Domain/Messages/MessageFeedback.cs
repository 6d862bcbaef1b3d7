namespace MessagingServices.Domain.Messages;

/// <summary>
/// The application's report whether the recipient did the intended action, such as entering a code. Source:
/// https://www.twilio.com/docs/messaging/api/message-feedback-resource.
/// </summary>
public sealed class MessageFeedback
{
    private MessageFeedback() { }

    public MessageFeedback(Sid messageSid, Sid accountSid, FeedbackOutcome outcome, DateTimeOffset now)
    {
        MessageSid = messageSid;
        AccountSid = accountSid;
        Outcome = outcome;
        DateCreated = DateUpdated = now;
    }

    public Sid MessageSid { get; private init; }

    public Sid AccountSid { get; private init; }

    public FeedbackOutcome Outcome { get; private set; }

    /// <summary>The time of the first report.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>The time of the last report.</summary>
    public DateTimeOffset DateUpdated { get; private set; }

    /// <summary>Stores a new report.</summary>
    public void Change(FeedbackOutcome outcome, DateTimeOffset now) => (Outcome, DateUpdated) = (outcome, now);
}

/// <summary>Whether the recipient did the intended action.</summary>
public enum FeedbackOutcome
{
    Confirmed,

    /// <summary>Not confirmed, or not yet.</summary>
    Unconfirmed,
}
