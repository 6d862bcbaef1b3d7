using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// A webhook of a conversation on the wire. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource.
/// </summary>
internal sealed record ConversationWebhookResource
{
    /// <summary>SID with the prefix WH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>The target type: <c>webhook</c>, <c>trigger</c> or <c>studio</c>.</summary>
    public required ConversationWebhookTarget Target { get; init; }

    /// <summary>Where to, how, and of which events.</summary>
    public required ConversationWebhookConfiguration Configuration { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a webhook, its address on the host that the request came to.</summary>
    public static ConversationWebhookResource Of(ConversationWebhook webhook, HttpRequest request) => new()
    {
        Sid = webhook.Sid,
        AccountSid = webhook.AccountSid,
        ConversationSid = webhook.ConversationSid,
        Target = webhook.Target,
        Configuration = ConversationWebhookConfiguration.Of(webhook),
        DateCreated = new(webhook.DateCreated),
        DateUpdated = new(webhook.DateUpdated),
        Url = request.AbsoluteUrl($"{ConversationResource.Path(webhook.ConversationSid)}/Webhooks/{webhook.Sid}"),
    };
}

/// <summary>The settings of a conversation's webhook. Those of other targets are left out.</summary>
internal sealed record ConversationWebhookConfiguration
{
    /// <summary>Where to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>The HTTP method of the webhook: <c>get</c> or <c>post</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Method { get; init; }

    /// <summary>Of which events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Filters { get; init; }

    /// <summary>The keywords of the target trigger.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Triggers { get; init; }

    /// <summary>The flow of the target studio.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sid? FlowSid { get; init; }

    /// <summary>The index of the message from which on events are sent again, if it was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ReplayAfter { get; init; }

    /// <summary>The settings of a webhook.</summary>
    public static ConversationWebhookConfiguration Of(ConversationWebhook webhook)
    {
        var method = webhook.Method == "GET" ? "get" : "post";
        return webhook.Target switch
        {
            ConversationWebhookTarget.Webhook => new()
            {
                Url = webhook.Url, Method = method, Filters = webhook.Filters, ReplayAfter = webhook.ReplayAfter,
            },
            ConversationWebhookTarget.Trigger => new()
            {
                Url = webhook.Url, Method = method, Triggers = webhook.Triggers, ReplayAfter = webhook.ReplayAfter,
            },
            ConversationWebhookTarget.Studio => new()
            {
                FlowSid = webhook.FlowSid, ReplayAfter = webhook.ReplayAfter,
            },
        };
    }
}
