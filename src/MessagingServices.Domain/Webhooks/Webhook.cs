using MessagingServices.Domain.Conversations;

namespace MessagingServices.Domain.Webhooks;

/// <summary>One request that is owed to an application, with every attempt to make it.</summary>
public sealed class Webhook
{
    private Webhook() { }

    /// <summary>The webhook that posts a status callback.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">Sent with every attempt as <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="callback">What is posted, and where to.</param>
    public Webhook(Sid sid, Guid idempotencyToken, StatusCallback callback)
    {
        Sid = sid;
        AccountSid = callback.AccountSid;
        MessageSid = callback.MessageSid;
        Kind = WebhookKind.StatusCallback;
        Method = "POST";
        Url = callback.Url;
        Parameters = callback.Parameters;
        IdempotencyToken = idempotencyToken;
        DateCreated = callback.Date;
    }

    /// <summary>The webhook that tells of an event of a conversation.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">Sent with every attempt as <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="target">Whom it tells.</param>
    /// <param name="told">What it tells.</param>
    public Webhook(Sid sid, Guid idempotencyToken, ConversationWebhook target, ConversationEvent told)
    {
        Sid = sid;
        AccountSid = target.AccountSid;
        MessageSid = target.Sid;
        Kind = WebhookKind.Conversation;
        Method = target.Method;
        // Twilio knows no connection overrides here.
        Url = ConnectionOverrides.WithoutFragment(target.Url);
        Parameters = told.Parameters;
        IdempotencyToken = idempotencyToken;
        DateCreated = told.Date;
    }

    /// <summary>SID with the prefix <c>WH</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order of creation, given by the database; webhooks of one message are posted in this order.</summary>
    public long Ordinal { get; private init; }

    /// <summary>Whose Auth Token signs it.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>
    /// The message that it tells of; those of one are made one after the other. Of an event of a conversation it is the
    /// <see cref="ConversationWebhook"/> in place of the message, so that each target hears of its events in their order.
    /// </summary>
    public Sid MessageSid { get; private init; }

    /// <summary>What it tells.</summary>
    public WebhookKind Kind { get; private init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string Method { get; private init; } = "POST";

    /// <summary>Where to, as configured, connection overrides in the fragment included.</summary>
    public string Url { get; private init; } = "";

    /// <summary>The form's fields in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; private init; } = [];

    /// <summary>The same for all attempts, so that the application can tell a repeat.</summary>
    public Guid IdempotencyToken { get; private init; }

    /// <summary>When it became owed, on the emulator's clock.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>The <c>X-Twilio-Signature</c> of the last attempt; null before the first.</summary>
    public string? Signature { get; private init; }

    /// <summary>Every attempt, oldest first.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; private init; } = [];

    /// <summary>How it stands.</summary>
    public WebhookOutcome Outcome { get; private init; }

    /// <summary>
    /// What one endpoint is, so that a slow one delays only its own webhooks: scheme, host and port. A URL that cannot be read is an
    /// endpoint of its own.
    /// </summary>
    public static string EndpointOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Host.ToLowerInvariant()}:{uri.Port}" : url;
}

/// <summary>One try.</summary>
/// <param name="Date">When it began, in real time.</param>
/// <param name="StatusCode">The HTTP status answered; null when there was no answer.</param>
/// <param name="ErrorCode">Twilio's code of what went wrong (112xx); null when it was acknowledged.</param>
/// <param name="Error">What went wrong, for people; null when it was acknowledged.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
public sealed record WebhookAttempt(DateTimeOffset Date, int? StatusCode, int? ErrorCode, string? Error, long DurationMs);

/// <summary>What a webhook tells.</summary>
public enum WebhookKind
{
    /// <summary>A status change.</summary>
    StatusCallback,

    /// <summary>A message that came in.</summary>
    Inbound,

    /// <summary>That the inbound webhook failed.</summary>
    Fallback,

    /// <summary>An event of a conversation.</summary>
    Conversation,
}

/// <summary>How a webhook stands.</summary>
public enum WebhookOutcome
{
    /// <summary>Still owed.</summary>
    Pending,

    /// <summary>Acknowledged by the application.</summary>
    Delivered,

    /// <summary>Given up by the retry rule.</summary>
    Failed,
}
