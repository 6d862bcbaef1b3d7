namespace MessagingServices.Domain.Messages;

/// <summary>
/// Whether an application saw its recipient do what the message was for, such as entering a code. Source:
/// https://www.twilio.com/docs/messaging/api/message-feedback-resource.
/// </summary>
public sealed class MessageFeedback
{
    private MessageFeedback() { }

    /// <summary>The first feedback on a message.</summary>
    public MessageFeedback(Sid messageSid, Sid accountSid, FeedbackOutcome outcome, DateTimeOffset now)
    {
        MessageSid = messageSid;
        AccountSid = accountSid;
        Outcome = outcome;
        DateCreated = DateUpdated = now;
    }

    /// <summary>The message.</summary>
    public Sid MessageSid { get; private init; }

    /// <summary>Whose it is.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>What the application says.</summary>
    public FeedbackOutcome Outcome { get; private set; }

    /// <summary>When it said so first.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>When it said so last.</summary>
    public DateTimeOffset DateUpdated { get; private set; }

    /// <summary>The application says something else, or the same again.</summary>
    public void Change(FeedbackOutcome outcome, DateTimeOffset now) => (Outcome, DateUpdated) = (outcome, now);
}

/// <summary>Whether the recipient did it.</summary>
public enum FeedbackOutcome
{
    /// <summary>Yes.</summary>
    Confirmed,

    /// <summary>Nobody knows.</summary>
    Unconfirmed,
}
