namespace MessagingServices.Server.Conversations;

/// <summary>What the application says in a conversation.</summary>
internal sealed record NewConversationMessage
{
    /// <summary>Who says it.</summary>
    public string Author { get; init; } = ConversationMessage.DefaultAuthor;

    /// <summary>The text; null when there is none.</summary>
    public string? Body { get; init; }

    /// <summary>The URLs of the media of a content template.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>The content template that text and media are from.</summary>
    public Sid? ContentSid { get; init; }

    /// <summary>What the application keeps with it, JSON.</summary>
    public string Attributes { get; init; } = "{}";
}
