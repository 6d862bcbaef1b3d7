namespace MessagingServices.Server.Conversations;

/// <summary>Who shall join a conversation: with an identity, or with a pair of addresses.</summary>
internal sealed record NewParticipant
{
    /// <summary>What the application calls a participant who chats; null for others.</summary>
    public string? Identity { get; init; }

    /// <summary>The handset's address as it was written.</summary>
    public string? Address { get; init; }

    /// <summary>The sender's address as it was written.</summary>
    public string? ProxyAddress { get; init; }

    /// <summary>What the application keeps with it, JSON.</summary>
    public string Attributes { get; init; } = "{}";

    /// <summary>The role that the application gives it.</summary>
    public Sid? RoleSid { get; init; }
}
