namespace MessagingServices.Domain.Conversations;

/// <summary>The state of a conversation. Source: https://www.twilio.com/docs/conversations/states-timers.</summary>
public enum ConversationState
{
    /// <summary>In preparation.</summary>
    Initializing,

    /// <summary>Inactive; a message makes it active again.</summary>
    Inactive,

    Active,

    /// <summary>
    /// Closed for ever. It accepts neither participants nor messages, and other conversations can use its pairs of
    /// addresses.
    /// </summary>
    Closed,
}
