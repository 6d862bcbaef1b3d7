using System.Globalization;
using System.Security.Cryptography;
using MessagingServices.Domain.Conversations;
using MessagingServices.Domain.Inbound;
using MessagingServices.Domain.Messages;

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

    /// <summary>The webhook that tells of an inbound message.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">Sent with every attempt as <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="to">Where to.</param>
    /// <param name="parameters">What is told, by <see cref="InboundParameters"/>.</param>
    /// <param name="now">When it becomes owed, on the emulator's clock.</param>
    public static Webhook OfInbound(
        Sid sid, Guid idempotencyToken, Message message, InboundWebhook to, IReadOnlyList<KeyValuePair<string, string>> parameters, DateTimeOffset now) => new()
    {
        Sid = sid,
        AccountSid = message.AccountSid,
        MessageSid = message.Sid,
        Kind = WebhookKind.Inbound,
        Method = to.Method,
        Url = to.Url,
        FallbackUrl = to.FallbackUrl,
        FallbackMethod = to.FallbackUrl is null ? null : to.FallbackMethod,
        Parameters = parameters,
        IdempotencyToken = idempotencyToken,
        DateCreated = now,
    };

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

    /// <summary>Asked in its place when it fails; null when nothing is.</summary>
    public string? FallbackUrl { get; private init; }

    /// <summary><c>GET</c> or <c>POST</c>; null without a fallback.</summary>
    public string? FallbackMethod { get; private init; }

    /// <summary>Whether its answer says what to do: that of an inbound message's does, the others' bodies mean nothing.</summary>
    public bool WantsAnswer => Kind is WebhookKind.Inbound or WebhookKind.Fallback;

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

    /// <summary>The webhook that is asked in place of this one, which has failed; null when there is none.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">Its own.</param>
    /// <param name="errorCode">Twilio's code of what went wrong.</param>
    /// <param name="errorUrl">The URL that it went wrong with.</param>
    /// <param name="now">When it becomes owed, on the emulator's clock.</param>
    public Webhook? Fallback(Sid sid, Guid idempotencyToken, int errorCode, string errorUrl, DateTimeOffset now) => FallbackUrl is not { } url ? null : new()
    {
        Sid = sid,
        AccountSid = AccountSid,
        MessageSid = MessageSid,
        Kind = WebhookKind.Fallback,
        Method = FallbackMethod!,
        Url = url,
        Parameters =
        [
            .. Parameters, new(InboundParameters.ErrorCode, errorCode.ToString(CultureInfo.InvariantCulture)), new(InboundParameters.ErrorUrl, errorUrl),
        ],
        IdempotencyToken = idempotencyToken,
        DateCreated = now,
    };

    /// <summary>The request for the document that the answer to this webhook leads on to: the same parameters, another URL.</summary>
    /// <param name="url">The document.</param>
    /// <param name="method"><c>GET</c> or <c>POST</c>.</param>
    /// <param name="step">How many documents come before it: each has a token of its own, which is the same when all are asked for again.</param>
    public Webhook RedirectedTo(string url, string method, int step) => new()
    {
        Sid = Sid, AccountSid = AccountSid, MessageSid = MessageSid, Kind = Kind, Method = method, Url = url, Parameters = Parameters,
        IdempotencyToken = TokenOf(step), DateCreated = DateCreated,
    };

    private Guid TokenOf(int step) => new(SHA256.HashData([.. IdempotencyToken.ToByteArray(), .. BitConverter.GetBytes(step)]).AsSpan(0, 16));

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
public sealed record WebhookAttempt(DateTimeOffset Date, int? StatusCode, int? ErrorCode, string? Error, long DurationMs)
{
    /// <summary>The document that a <c>Redirect</c> led on to; null when the webhook's own URL was requested.</summary>
    public string? Url { get; init; }
}

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
