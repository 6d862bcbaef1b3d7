using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>A message of a conversation on the wire. Source: https://www.twilio.com/docs/conversations/api/conversation-message-resource.</summary>
internal sealed record ConversationMessageResource
{
    /// <summary>SID with the prefix IM.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>The place in the conversation, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Who said it.</summary>
    public required string Author { get; init; }

    /// <summary>The text; null when there is none.</summary>
    public required string? Body { get; init; }

    /// <summary>The media that it came with; null when there are none.</summary>
    public required IReadOnlyList<ConversationMediaResource>? Media { get; init; }

    /// <summary>JSON as a text.</summary>
    public required string Attributes { get; init; }

    /// <summary>The participant that the author is; null when it is none.</summary>
    public required Sid? ParticipantSid { get; init; }

    /// <summary>When it was said; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>How far it got with those who are reached by messages; null when it went to nobody.</summary>
    public required DeliverySummary? Delivery { get; init; }

    /// <summary>The content template that said it.</summary>
    public required Sid? ContentSid { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The addresses of what belongs to it.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The path of a message.</summary>
    public static string Path(Sid conversation, Sid message) => $"{ConversationResource.Path(conversation)}/Messages/{message}";

    /// <summary>The resource of a message, its addresses on the host that the request came to.</summary>
    public static ConversationMessageResource Of(ConversationMessage message, ConversationMessageDetails details, HttpRequest request)
    {
        var url = request.AbsoluteUrl(Path(message.ConversationSid, message.Sid));
        var media = details.MediaOf(message).Select(item => new ConversationMediaResource("media", item.Sid, item.ContentType, null, item.Size)).ToList();
        return new()
        {
            Sid = message.Sid,
            AccountSid = message.AccountSid,
            ConversationSid = message.ConversationSid,
            Index = message.Index,
            Author = message.Author,
            Body = message.Body,
            Media = media.Count > 0 ? media : null,
            Attributes = message.Attributes,
            ParticipantSid = message.ParticipantSid,
            DateCreated = new(message.DateCreated),
            DateUpdated = new(message.DateUpdated),
            Delivery = details.DeliveryOf(message),
            ContentSid = message.ContentSid,
            Url = url,
            Links = new Dictionary<string, string>
            {
                ["delivery_receipts"] = $"{url}/Receipts",
                ["channel_metadata"] = $"{url}/ChannelMetadata",
            },
        };
    }
}

/// <summary>A medium that came with a message.</summary>
/// <param name="Category">Always <c>media</c>.</param>
/// <param name="Sid">SID with the prefix ME, as in the inbound message.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Filename">Null: handsets send none.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record ConversationMediaResource(string Category, Sid Sid, string ContentType, string? Filename, int Size);
