namespace MessagingServices.Domain.Conversations;

/// <summary>Whether a conversation is going on. Source: https://www.twilio.com/docs/conversations/states-timers.</summary>
public enum ConversationState
{
    /// <summary>Being set up.</summary>
    Initializing,

    /// <summary>Resting; a message makes it active again.</summary>
    Inactive,

    /// <summary>Going on.</summary>
    Active,

    /// <summary>Over for good: it takes neither participants nor messages, and its pairs of addresses are free for another one.</summary>
    Closed,
}
