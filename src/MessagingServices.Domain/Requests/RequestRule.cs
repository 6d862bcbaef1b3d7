using MessagingServices.Domain.Carriers;
using MessagingServices.Domain.Rules;

namespace MessagingServices.Domain.Requests;

/// <summary>
/// What happens to requests to Twilio's APIs that match: an error, a delay, or a connection that breaks. A condition
/// that is null matches every request; an effect that is null does nothing.
/// </summary>
public sealed class RequestRule : FaultRule
{
    /// <summary>The maximum of <see cref="RetryAfter"/>: a day.</summary>
    public const int MaxRetryAfter = 24 * 60 * 60;

    private PathPattern? pattern;

    private RequestRule() { }

    /// <summary>Creates a rule with the prefix <c>QR</c> that matches every request and does nothing.</summary>
    public RequestRule(Sid sid, Sid accountSid, DateTimeOffset now) : base(sid, accountSid, now) { }

    /// <summary>The HTTP method, in capital letters.</summary>
    public string? Method { get; set; }

    /// <summary>The pattern of the paths: a <see cref="PathPattern"/>.</summary>
    public string? Path { get; set; }

    /// <summary>The pattern of the form's <c>To</c>: an <see cref="AddressPattern"/>.</summary>
    public string? To { get; set; }

    /// <summary>The pattern of the form's <c>From</c>: an <see cref="AddressPattern"/>.</summary>
    public string? From { get; set; }

    /// <summary>A text that the form's <c>Body</c> contains. Case counts, and no character is special.</summary>
    public string? BodyContains { get; set; }

    /// <summary>The HTTP status of the error response, 400 to 599.</summary>
    public int? StatusCode { get; set; }

    /// <summary>Twilio's code of the error response; null for that of the status.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>The seconds in the header <c>Retry-After</c> of the error response; null for no header.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>
    /// The delay before anything else happens, in milliseconds, 0 to <see cref="RuleLimits.MaxDelayMs"/>.
    /// </summary>
    public int? DelayMs { get; set; }

    /// <summary>When the connection breaks.</summary>
    public Disconnect? Disconnect { get; set; }

    /// <summary>
    /// The code of the error response: <see cref="ErrorCode"/>, or Twilio's general one of the status, which is mostly
    /// 20000 more. Null without <see cref="StatusCode"/>.
    /// </summary>
    public int? ResponseCode => StatusCode is not { } status ? null : ErrorCode ?? status switch
    {
        400 => 20001,
        401 => 20003,
        405 => 20004,
        _ => 20000 + status,
    };

    /// <summary>
    /// Whether the database counts requests for the rule. Others need no transaction for each request, so how often
    /// they have applied is not counted.
    /// </summary>
    public bool IsCounted => Times is not null || Percent is not null;

    /// <summary>
    /// Whether the conditions match the request. <c>Times</c> and <c>Percent</c> are not checked.
    /// </summary>
    public bool Matches(ApiRequest request) =>
        (Method is null || Method == request.Method)
        && (To is null || (request.To is not null && AddressPattern.Matches(To, request.To)))
        && (From is null || (request.From is not null && AddressPattern.Matches(From, request.From)))
        && (BodyContains is null || request.Body?.Contains(BodyContains, StringComparison.Ordinal) == true)
        && (Path is null || (pattern ??= PathPattern.Parse(Path)).Matches(request));

    /// <summary>
    /// What requests have in common whose matches are counted together for its percentage: the recipient's
    /// number, without a channel prefix, of a rule with <see cref="To"/>; the <see cref="ApiRequest.Operation"/> of any
    /// other rule.
    /// </summary>
    public string SubjectOf(ApiRequest request) => To is not null && request.To is { } to
        ? to[(to.IndexOf(':', StringComparison.Ordinal) + 1)..] : request.Operation;
}

/// <summary>When the connection of a request breaks.</summary>
public enum Disconnect
{
    /// <summary>Nothing is done.</summary>
    Before,

    /// <summary>The request is done and committed, and has no answer.</summary>
    After,
}
