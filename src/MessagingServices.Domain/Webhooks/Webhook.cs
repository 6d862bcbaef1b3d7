using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Domain.Conversations;
using MessagingServices.Domain.Inbound;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Webhooks;

/// <summary>A webhook: one request to an application, with all its attempts.</summary>
public sealed class Webhook
{
    private Webhook() { }

    /// <summary>
    /// Creates the webhook of a status callback. Its SID follows from the callback, and its idempotency token from the
    /// SID. So a callback that is made again after a crash is the same webhook.
    /// </summary>
    public Webhook(StatusCallback callback)
    {
        Sid = SidOf(callback);
        AccountSid = callback.AccountSid;
        MessageSid = callback.MessageSid;
        Kind = WebhookKind.StatusCallback;
        Method = callback.Method;
        Url = callback.Url;
        Parameters = callback.Parameters;
        IdempotencyToken = TokenOf(Sid);
        DateCreated = callback.Date;
    }

    /// <summary>Creates the webhook of an inbound message.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">Sent with every attempt as <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="to">The URLs and methods of the application.</param>
    /// <param name="parameters">The form fields, from <see cref="InboundParameters"/>.</param>
    /// <param name="now">The time of creation, on the emulator's clock.</param>
    public static Webhook OfInbound(
        Sid sid, Guid idempotencyToken, Message message, InboundWebhook to,
        IReadOnlyList<KeyValuePair<string, string>> parameters, DateTimeOffset now) => new()
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

    /// <summary>Creates the webhook of an event of a conversation.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">Sent with every attempt as <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="target">The configured receiver.</param>
    /// <param name="occurred">The event.</param>
    public Webhook(Sid sid, Guid idempotencyToken, ConversationWebhook target, ConversationEvent occurred)
    {
        Sid = sid;
        AccountSid = target.AccountSid;
        MessageSid = target.Sid;
        Kind = WebhookKind.Conversation;
        Method = target.Method;
        // Twilio has no connection overrides for webhooks of conversations.
        Url = ConnectionOverrides.WithoutFragment(target.Url!);
        Parameters = occurred.Parameters;
        IdempotencyToken = idempotencyToken;
        DateCreated = occurred.Date;
    }

    /// <summary>SID with the prefix <c>WH</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>
    /// The order of creation, assigned by the database. Webhooks of one message are delivered in this order.
    /// </summary>
    public long Ordinal { get; private init; }

    /// <summary>The account whose auth token signs the request.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>
    /// The message. Webhooks of one message are delivered one after the other. For an event of a conversation, this is
    /// the SID of the <see cref="ConversationWebhook"/>, so that each receiver gets its events in order.
    /// </summary>
    public Sid MessageSid { get; private init; }

    public WebhookKind Kind { get; private init; }

    public string Method { get; private init; } = "POST";

    /// <summary>The configured URL, with its connection overrides in the fragment.</summary>
    public string Url { get; private init; } = "";

    /// <summary>The URL to request when this webhook fails; null for none.</summary>
    public string? FallbackUrl { get; private init; }

    /// <summary><c>GET</c> or <c>POST</c>; null without a fallback.</summary>
    public string? FallbackMethod { get; private init; }

    /// <summary>The form fields in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; private init; } = [];

    /// <summary>Equal for all attempts, so that the application can detect a repeated request.</summary>
    public Guid IdempotencyToken { get; private init; }

    /// <summary>The time of creation, on the emulator's clock.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>The <c>X-Twilio-Signature</c> of the last attempt; null before the first.</summary>
    public string? Signature { get; private init; }

    /// <summary>All attempts, oldest first.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; private init; } = [];

    public WebhookOutcome Outcome { get; private init; }

    /// <summary>Twilio's code of the last error among the attempts; null without one.</summary>
    public int? ErrorCode { get; private init; }

    /// <summary>What a rule does with the webhook; null if none applies.</summary>
    public WebhookFault? Fault { get; private init; }

    /// <summary>Creates the fallback webhook after this webhook has failed; null without a fallback URL.</summary>
    /// <param name="sid">SID with the prefix <c>WH</c>.</param>
    /// <param name="idempotencyToken">A new token.</param>
    /// <param name="errorCode">Twilio's error code of the failure.</param>
    /// <param name="errorUrl">The URL that failed.</param>
    /// <param name="now">The time of creation, on the emulator's clock.</param>
    public Webhook? Fallback(Sid sid, Guid idempotencyToken, int errorCode, string errorUrl, DateTimeOffset now) =>
        FallbackUrl is not { } url ? null : new()
    {
        Sid = sid,
        AccountSid = AccountSid,
        MessageSid = MessageSid,
        Kind = WebhookKind.Fallback,
        Method = FallbackMethod!,
        Url = url,
        Parameters =
        [
            .. Parameters, new(InboundParameters.ErrorCode, errorCode.ToString(CultureInfo.InvariantCulture)),
            new(InboundParameters.ErrorUrl, errorUrl),
        ],
        IdempotencyToken = idempotencyToken,
        DateCreated = now,
    };

    /// <summary>The request for the next document of a TwiML redirect: the same parameters, another URL.</summary>
    /// <param name="url">The URL of the document.</param>
    /// <param name="method"><c>GET</c> or <c>POST</c>.</param>
    /// <param name="step">
    /// The number of documents before this one. Each document has its own idempotency token, which stays the same if
    /// all documents are requested again.
    /// </param>
    public Webhook RedirectedTo(string url, string method, int step) => new()
    {
        Sid = Sid, AccountSid = AccountSid, MessageSid = MessageSid, Kind = Kind, Method = method, Url = url,
        Parameters = Parameters,
        IdempotencyToken = TokenOf(step), DateCreated = DateCreated,
    };

    // The message's SID begins with 48 bits of milliseconds, whose first digit is 0 for thousands of years. Nobody can
    // guess the other digits, so nobody can guess the token.
    private static Sid SidOf(StatusCallback callback) => Sid.Parse(string.Create(
        CultureInfo.InvariantCulture, $"{SidPrefix.Webhook}{callback.Number:x1}{callback.MessageSid.Value.AsSpan(3)}"));

    /// <summary>
    /// The messages that may have this webhook as a status callback; see <see cref="Webhook(StatusCallback)"/>.
    /// </summary>
    public static IReadOnlyList<Sid> MessagesOf(Sid webhook) =>
    [
        .. new[] { SidPrefix.TextMessage, SidPrefix.MediaMessage }
            .Select(prefix => Sid.Parse($"{prefix}0{webhook.Value.AsSpan(3)}")),
    ];

    private static Guid TokenOf(Sid sid) => new(SHA256.HashData(Encoding.ASCII.GetBytes(sid.Value)).AsSpan(0, 16));

    private Guid TokenOf(int step) =>
        new(SHA256.HashData([.. IdempotencyToken.ToByteArray(), .. BitConverter.GetBytes(step)]).AsSpan(0, 16));

    /// <summary>
    /// The key of the endpoint that serves a URL: scheme, host and port. Limits apply to each endpoint. An invalid URL
    /// is its own key.
    /// </summary>
    public static string EndpointOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? $"{uri.Scheme}://{uri.Host.ToLowerInvariant()}:{uri.Port}"
            : url;
}

/// <summary>The event that a webhook reports.</summary>
public enum WebhookKind
{
    /// <summary>A status change of a message.</summary>
    StatusCallback,

    /// <summary>An inbound message.</summary>
    Inbound,

    /// <summary>An inbound message whose own webhook failed.</summary>
    Fallback,

    /// <summary>An event of a conversation.</summary>
    Conversation,
}

/// <summary>The state of a webhook's delivery.</summary>
public enum WebhookOutcome
{
    /// <summary>Not delivered yet.</summary>
    Pending,

    /// <summary>The application acknowledged it.</summary>
    Delivered,

    /// <summary>It failed, and the retries are exhausted.</summary>
    Failed,

    /// <summary>It was not sent, because a rule drops it or its account was closed.</summary>
    Dropped,
}
