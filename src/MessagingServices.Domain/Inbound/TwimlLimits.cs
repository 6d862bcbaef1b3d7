namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The limits for one inbound message. See <see href="https://www.twilio.com/docs/api/errors/14109"/> and 14106.
/// </summary>
public static class TwimlLimits
{
    /// <summary>
    /// The maximum number of replies to one inbound message, over all its documents. More are dropped with 14109.
    /// </summary>
    public const int MaxReplies = 10;

    /// <summary>The maximum number of documents for one inbound message. A redirect to more fails with 14106.</summary>
    public const int MaxDocuments = 50;

    /// <summary>The messages to send, and the warning if there were more.</summary>
    /// <param name="messages">The document's messages in order.</param>
    /// <param name="alreadyReplied">The number of messages from the documents before.</param>
    public static (IReadOnlyList<TwimlMessage> Sent, TwimlWarning? Dropped) Apply(
        IReadOnlyList<TwimlMessage> messages, int alreadyReplied)
    {
        var room = Math.Max(0, MaxReplies - alreadyReplied);
        return messages.Count <= room
            ? (messages, null)
            : ([.. messages.Take(room)],
                new(MessagingError.TooManyReplies.Code,
                    $"{messages.Count - room} of the messages are beyond the limit of {MaxReplies} replies"));
    }
}
