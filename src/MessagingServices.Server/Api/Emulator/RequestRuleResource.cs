using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// What happens to the requests to Twilio's APIs that match. A condition that is null matches any request. An effect
/// that is null does nothing.
/// </summary>
internal sealed record RequestRuleResource
{
    /// <summary>SID with the prefix QR.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account whose requests it is for.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The HTTP method.</summary>
    [Shape(Words = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])]
    public required string? Method { get; init; }

    /// <summary>The path as Twilio's documentation writes it; * is any text.</summary>
    public required string? Path { get; init; }

    /// <summary>The recipients: an address, or the beginning of addresses with *.</summary>
    public required string? To { get; init; }

    /// <summary>The senders: an address, or the beginning of addresses with *.</summary>
    public required string? From { get; init; }

    /// <summary>A part of the Body, case-sensitive.</summary>
    public required string? BodyContains { get; init; }

    /// <summary>The HTTP status of the error.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>Twilio's code of the error.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>The seconds in the header Retry-After.</summary>
    public required int? RetryAfter { get; init; }

    /// <summary>How long the request waits, in milliseconds.</summary>
    public required int? DelayMs { get; init; }

    /// <summary>When the connection breaks: before or after the request is done.</summary>
    public required Disconnect? Disconnect { get; init; }

    /// <summary>The number of requests that the rule applies to; null for all.</summary>
    public required int? Times { get; init; }

    /// <summary>The number of requests that the rule has applied to; null without <c>Times</c>.</summary>
    public required int? TimesUsed { get; init; }

    /// <summary>The percentage of the matching requests that the rule applies to; null for all.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>The seed that selects the requests; null without <c>Percent</c>.</summary>
    public required int? Seed { get; init; }

    /// <summary>When it was made; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a rule, its address on the host that the request came to.</summary>
    public static RequestRuleResource Of(RequestRule rule, HttpRequest request) => new()
    {
        Sid = rule.Sid,
        AccountSid = rule.AccountSid,
        Method = rule.Method,
        Path = rule.Path,
        To = rule.To,
        From = rule.From,
        BodyContains = rule.BodyContains,
        StatusCode = rule.StatusCode,
        ErrorCode = rule.ErrorCode,
        RetryAfter = rule.RetryAfter,
        DelayMs = rule.DelayMs,
        Disconnect = rule.Disconnect,
        Times = rule.Times,
        TimesUsed = rule.Times is null ? null : rule.TimesUsed,
        Percent = RuleFields.WithoutZeros(rule.Percent),
        Seed = rule.Seed,
        DateCreated = new(rule.DateCreated),
        Url = request.AbsoluteUrl($"/emulator/v1/RequestRules/{rule.Sid}"),
    };
}

/// <summary>
/// The parameters to create a request rule: which requests it matches and what happens to them. A condition that is
/// absent or empty matches any request. The server's own pages and APIs are never hit.
/// </summary>
internal sealed record CreateRequestRuleForm
{
    /// <summary><c>GET</c>, <c>HEAD</c>, <c>POST</c>, <c>PUT</c>, <c>PATCH</c> or <c>DELETE</c>.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The path as Twilio's documentation writes it, for example
    /// <c>/2010-04-01/Accounts/{AccountSid}/Messages.json</c>. <c>*</c> is any text, slashes included; a name in braces
    /// is any text without a slash. The address that the request came to does not matter: by host, with the product in
    /// front, as JSON or XML. To name the product, write <c>https://messaging.twilio.com/v1/Services</c> or
    /// <c>/messaging/v1/Services</c>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// The <c>To</c> in the form of a POST: a number, or the beginning of numbers with <c>*</c>. Channel prefixes are
    /// ignored.
    /// </summary>
    public string? To { get; init; }

    /// <summary>
    /// The <c>From</c> in the form of a POST: an address, or the beginning of addresses with <c>*</c>. Channel prefixes
    /// are ignored.
    /// </summary>
    public string? From { get; init; }

    /// <summary>
    /// A part of the <c>Body</c> in the form of a POST, case-sensitive; no character is special.
    /// </summary>
    public string? BodyContains { get; init; }

    /// <summary>
    /// The HTTP status of an error, 400 to 599: the response has Twilio's error, and nothing is done. Not with
    /// <c>Disconnect</c>.
    /// </summary>
    public string? StatusCode { get; init; }

    /// <summary>
    /// The code of the error, 10000 to 99999; only with <c>StatusCode</c>. When absent Twilio's general one, such as
    /// 20429 for 429.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>The seconds in the header <c>Retry-After</c>, 0 to 86,400; only with <c>StatusCode</c>.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>
    /// How long the request waits before anything else happens, in milliseconds, 0 to 86,400,000. It is done although
    /// its client has not waited.
    /// </summary>
    public string? DelayMs { get; init; }

    /// <summary>
    /// <c>before</c>: the connection is closed and nothing is done. <c>after</c>: the request is done and committed,
    /// then the connection is closed without a response. On HTTP/2 the stream is reset.
    /// </summary>
    public string? Disconnect { get; init; }

    /// <summary>How many requests the rule applies to, 1 to 1,000,000; all when absent.</summary>
    public string? Times { get; init; }

    /// <summary>
    /// The percentage of the matching requests that the rule applies to, 0 to 100, with at most two digits after the
    /// point; all when absent. With <c>To</c>, the choice depends on the seed, the recipient and the number of earlier
    /// matching requests to this recipient; without, on the method and the path without its SIDs in place of the
    /// recipient. So a repeated run has the same faults.
    /// </summary>
    public string? Percent { get; init; }

    /// <summary>
    /// The seed that selects the requests, 0 to 2,147,483,647; only with <c>Percent</c>; 0 when absent.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    internal void Configure(RequestRule rule)
    {
        rule.Method = string.IsNullOrEmpty(Method) ? null : Method.ToUpperInvariant();
        rule.Path = string.IsNullOrEmpty(Path) ? null : Path;
        rule.To = string.IsNullOrEmpty(To) ? null : AddressPattern.OfRecipients(To);
        rule.From = string.IsNullOrEmpty(From) ? null : AddressPattern.OfSenders(From);
        rule.BodyContains = string.IsNullOrEmpty(BodyContains) ? null : BodyContains;
        rule.StatusCode = RuleFields.Number(StatusCode);
        rule.ErrorCode = RuleFields.Number(ErrorCode);
        rule.RetryAfter = RuleFields.Number(RetryAfter);
        rule.DelayMs = RuleFields.Number(DelayMs);
        rule.Disconnect = Disconnect is null ? null : EnumNames<Disconnect>.Parse(Disconnect.ToLowerInvariant());
        rule.Times = RuleFields.Number(Times);
        rule.Percent = RuleFields.Percentage(Percent);
        rule.Seed = Percent is null ? null : RuleFields.Number(Seed) ?? 0;
    }
}
