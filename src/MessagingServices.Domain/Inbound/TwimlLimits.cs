namespace MessagingServices.Domain.Inbound;

/// <summary>How much one inbound message may set off. See <see href="https://www.twilio.com/docs/api/errors/14109"/> and 14106.</summary>
public static class TwimlLimits
{
    /// <summary>The most messages sent in reply to one inbound message, over all documents of its session; further ones are dropped with 14109.</summary>
    public const int MaxReplies = 10;

    /// <summary>The most documents fetched for one inbound message; a redirect beyond them is not followed: 14106.</summary>
    public const int MaxDocuments = 50;

    /// <summary>The messages of a document that are sent, and the warning when there are more.</summary>
    /// <param name="messages">The document's messages in order.</param>
    /// <param name="alreadyReplied">How many messages the documents before it have sent.</param>
    public static (IReadOnlyList<TwimlMessage> Sent, TwimlWarning? Dropped) Apply(IReadOnlyList<TwimlMessage> messages, int alreadyReplied)
    {
        var room = Math.Max(0, MaxReplies - alreadyReplied);
        return messages.Count <= room
            ? (messages, null)
            : ([.. messages.Take(room)], new(MessagingError.TooManyReplies.Code, $"{messages.Count - room} of the messages are beyond the limit of {MaxReplies} replies"));
    }
}
