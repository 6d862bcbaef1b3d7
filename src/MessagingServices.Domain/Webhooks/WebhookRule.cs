using MessagingServices.Domain.Carriers;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Rules;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// What goes wrong with the webhooks that match. The effects combine; see <see cref="WebhookFault"/> for their order. A
/// condition that is null matches every webhook.
/// </summary>
public sealed class WebhookRule : FaultRule
{
    /// <summary>How long <see cref="Reorder"/> holds a webhook at most if <see cref="HoldMs"/> is null.</summary>
    public const int DefaultHoldMs = 30_000;

    /// <summary>The maximum length of <see cref="Url"/>, in characters.</summary>
    public const int MaxUrlLength = 2048;

    private WebhookRule() { }

    /// <summary>Creates a rule that matches every webhook and does nothing.</summary>
    public WebhookRule(Sid sid, Sid accountSid, DateTimeOffset now) : base(sid, accountSid, now) { }

    /// <summary>The URL, without its connection overrides; or its beginning and <c>*</c>.</summary>
    public string? Url { get; set; }

    public WebhookKind? Kind { get; set; }

    /// <summary>The status of the message in the webhook. Events of conversations have none.</summary>
    public MessageStatus? Status { get; set; }

    /// <summary>The pattern of the message's recipient: an <see cref="AddressPattern"/>.</summary>
    public string? To { get; set; }

    /// <summary>
    /// The pattern of the message's sender, or of the author of a conversation's message: an
    /// <see cref="AddressPattern"/>.
    /// </summary>
    public string? From { get; set; }

    /// <summary>
    /// How long the webhook waits, in milliseconds of real time, 0 to <see cref="RuleLimits.MaxDelayMs"/>. Later
    /// webhooks of its message wait behind it.
    /// </summary>
    public int? DelayMs { get; set; }

    /// <summary>Whether the request is made again when it was acknowledged.</summary>
    public bool Duplicate { get; set; }

    /// <summary>Whether the request is never made.</summary>
    public bool Drop { get; set; }

    /// <summary>Whether the webhook is held until a later one of its message has ended.</summary>
    public bool Reorder { get; set; }

    /// <summary>
    /// How long <see cref="Reorder"/> holds a webhook at most, in milliseconds of real time; null for
    /// <see cref="DefaultHoldMs"/>.
    /// </summary>
    public int? HoldMs { get; set; }

    /// <summary>
    /// Whether the conditions match. <see cref="FaultRule.Times"/> and <see cref="FaultRule.Percent"/> are not checked.
    /// </summary>
    public bool Matches(WebhookSubject webhook) =>
        webhook.AccountSid == AccountSid
        && (Kind is null || Kind == webhook.Kind)
        && (Status is null || Status == webhook.Status)
        && (Url is null || MatchesUrl(Url, webhook.Url))
        && IsMatch(To, webhook.To) && IsMatch(From, webhook.From);

    /// <summary>What the rule does with a webhook; null if none of its effects concerns it.</summary>
    public WebhookFault? FaultFor(WebhookSubject webhook)
    {
        var reorders = Reorder && !webhook.IsFinal && !Drop;
        return DelayMs is null && !Duplicate && !Drop && !reorders ? null : new(Sid.Value)
        {
            DelayMs = DelayMs,
            Duplicate = Duplicate && !Drop,
            Drop = Drop,
            Reorder = reorders,
            HoldMs = reorders ? HoldMs ?? DefaultHoldMs : null,
        };
    }

    private static bool MatchesUrl(string pattern, string url) => pattern.EndsWith('*')
        ? url.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : url == pattern;

    private static bool IsMatch(string? pattern, string? address) =>
        pattern is null || (address is not null && AddressPattern.Matches(pattern, address));
}
