using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// What goes wrong with the webhooks that match. A condition that is null matches any webhook.
/// </summary>
internal sealed record WebhookRuleResource
{
    /// <summary>SID with the prefix WR.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account whose webhooks it is for.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The webhook's URL without its connection overrides, or its beginning with *.</summary>
    public required string? Url { get; init; }

    /// <summary>The kind: status_callback, inbound, fallback or conversation.</summary>
    public required WebhookKind? Kind { get; init; }

    /// <summary>The status of the message in the webhook.</summary>
    public required MessageStatus? Status { get; init; }

    /// <summary>The message's recipients: an address, or the beginning of addresses with *.</summary>
    public required string? To { get; init; }

    /// <summary>The message's senders: an address, or the beginning of addresses with *.</summary>
    public required string? From { get; init; }

    /// <summary>How long the webhook waits, in milliseconds of real time.</summary>
    public required int? DelayMs { get; init; }

    /// <summary>Whether the request is made again when it was acknowledged.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>Whether the request is never made.</summary>
    public required bool Drop { get; init; }

    /// <summary>Whether the webhook is held until a later one of its message has ended.</summary>
    public required bool Reorder { get; init; }

    /// <summary>How long it is held at most, in milliseconds of real time; null without <c>Reorder</c>.</summary>
    public required int? HoldMs { get; init; }

    /// <summary>The number of webhooks that the rule applies to; null for all.</summary>
    public required int? Times { get; init; }

    /// <summary>The number of webhooks that the rule has applied to.</summary>
    public required int TimesUsed { get; init; }

    /// <summary>The percentage of the matching webhooks that the rule applies to; null for all.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>The seed that selects the webhooks; null without <c>Percent</c>.</summary>
    public required int? Seed { get; init; }

    /// <summary>When it was made; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The resource of a rule.</summary>
    public static WebhookRuleResource Of(WebhookRule rule) => new()
    {
        Sid = rule.Sid,
        AccountSid = rule.AccountSid,
        Url = rule.Url,
        Kind = rule.Kind,
        Status = rule.Status,
        To = rule.To,
        From = rule.From,
        DelayMs = rule.DelayMs,
        Duplicate = rule.Duplicate,
        Drop = rule.Drop,
        Reorder = rule.Reorder,
        HoldMs = rule.Reorder ? rule.HoldMs ?? WebhookRule.DefaultHoldMs : null,
        Times = rule.Times,
        TimesUsed = rule.TimesUsed,
        Percent = RuleFields.WithoutZeros(rule.Percent),
        Seed = rule.Seed,
        DateCreated = new(rule.DateCreated),
    };
}

/// <summary>
/// The parameters to create a webhook rule: which webhooks it matches and what goes wrong with them. A condition that
/// is absent or empty matches any webhook. At least one effect is needed: <c>DelayMs</c>, <c>Duplicate</c>,
/// <c>Drop</c> or <c>Reorder</c>.
/// </summary>
internal sealed record CreateWebhookRuleForm
{
    /// <summary>
    /// The webhook's URL without its connection overrides, or its beginning with <c>*</c>, for example
    /// <c>https://example.com/status*</c>.
    /// </summary>
    public string? Url { get; init; }

    /// <summary><c>status_callback</c>, <c>inbound</c>, <c>fallback</c> or <c>conversation</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// The status of the message in the webhook, for example <c>delivered</c>. An inbound message is <c>received</c>;
    /// an event of a conversation has no status.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>
    /// The message's recipient: a number or address, or the beginning of numbers with <c>*</c>, for example
    /// <c>+1415*</c>. Channel prefixes are ignored. An event of a conversation has none.
    /// </summary>
    public string? To { get; init; }

    /// <summary>
    /// The message's sender, or the author of a conversation's message: an address, or the beginning of addresses with
    /// <c>*</c>. Channel prefixes are ignored.
    /// </summary>
    public string? From { get; init; }

    /// <summary>
    /// How long the webhook waits before its first attempt, in milliseconds of real time, 0 to 86,400,000. Later
    /// webhooks of the message wait behind it.
    /// </summary>
    public string? DelayMs { get; init; }

    /// <summary>
    /// <c>true</c>: the request is made again when it was acknowledged, with the same idempotency token. Nothing
    /// follows from the second response.
    /// </summary>
    public string? Duplicate { get; init; }

    /// <summary>
    /// <c>true</c>: the request is never made, and the webhook's outcome is <c>dropped</c>. No fallback is called.
    /// </summary>
    public string? Drop { get; init; }

    /// <summary>
    /// <c>true</c>: the webhook is held until a later one of its message was acknowledged, given up or dropped. Held
    /// ones go in the order of their statuses. The webhook of a final status is not held.
    /// </summary>
    public string? Reorder { get; init; }

    /// <summary>
    /// How long <c>Reorder</c> holds a webhook at most, in milliseconds of real time, 0 to 86,400,000; 30,000 when
    /// absent.
    /// </summary>
    public string? HoldMs { get; init; }

    /// <summary>How many webhooks the rule applies to, 1 to 1,000,000; all when absent.</summary>
    public string? Times { get; init; }

    /// <summary>
    /// The percentage of the matching webhooks that the rule applies to, 0 to 100, with at most two digits after the
    /// point; all when absent. The choice depends on the seed, the handset and the number of earlier matching webhooks
    /// of this handset. So a repeated run has the same faults.
    /// </summary>
    public string? Percent { get; init; }

    /// <summary>
    /// The seed that selects the webhooks, 0 to 2,147,483,647; only with <c>Percent</c>; 0 when absent.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>The pattern of an address of either side; null if it is neither.</summary>
    internal static string? PatternOf(string address) =>
        AddressPattern.OfRecipients(address) ?? AddressPattern.OfSenders(address);

    /// <summary>Applies the form, which the rules have checked.</summary>
    internal void Configure(WebhookRule rule)
    {
        rule.Url = string.IsNullOrEmpty(Url) ? null : Url;
        rule.Kind = string.IsNullOrEmpty(Kind) ? null : EnumNames<WebhookKind>.Parse(Kind.ToLowerInvariant());
        rule.Status = string.IsNullOrEmpty(Status) ? null
            : EnumNames<MessageStatus>.Parse(Status.ToLowerInvariant());
        rule.To = string.IsNullOrEmpty(To) ? null : PatternOf(To);
        rule.From = string.IsNullOrEmpty(From) ? null : PatternOf(From);
        rule.DelayMs = RuleFields.Number(DelayMs);
        rule.Duplicate = RuleFields.Switch(Duplicate) is true;
        rule.Drop = RuleFields.Switch(Drop) is true;
        rule.Reorder = RuleFields.Switch(Reorder) is true;
        rule.HoldMs = RuleFields.Number(HoldMs);
        rule.Times = RuleFields.Number(Times);
        rule.Percent = RuleFields.Percentage(Percent);
        rule.Seed = Percent is null ? null : RuleFields.Number(Seed) ?? 0;
    }
}

/// <summary>Addresses and words must be readable, numbers within their bounds, and there must be an effect.</summary>
internal sealed class CreateWebhookRuleRules : AbstractValidator<CreateWebhookRuleForm>
{
    public CreateWebhookRuleRules()
    {
        RuleFor(form => form.Url).AtMost("Url", WebhookRule.MaxUrlLength);
        RuleFor(form => form.Url).Must(IsUrl).ToApiError(value =>
            $"Url must be an absolute URL, or the beginning of one with an asterisk at its end, not '{value}'");
        RuleFor(form => form.Kind).OneOf(["", .. EnumNames<WebhookKind>.All])
            .ToApiError(value => $"Kind '{value}' is no kind of a webhook");
        RuleFor(form => form.Status).OneOf(["", .. EnumNames<MessageStatus>.All])
            .ToApiError(value => $"Status '{value}' is no status of a message");
        RuleFor(form => form.To).Must(IsAddress).ToApiError(value =>
            $"To must be an address, or the beginning of one with an asterisk such as +1415*, not '{value}'");
        RuleFor(form => form.From).Must(IsAddress).ToApiError(value =>
            $"From must be an address, or the beginning of one with an asterisk such as +1415*, not '{value}'");
        RuleFor(form => form.DelayMs).Milliseconds("DelayMs");
        RuleFor(form => form.Duplicate).Boolean("Duplicate");
        RuleFor(form => form.Drop).Boolean("Drop");
        RuleFor(form => form.Reorder).Boolean("Reorder");
        RuleFor(form => form.HoldMs).Milliseconds("HoldMs");
        RuleFor(form => form.HoldMs).Must((form, hold) => hold is null || IsTrue(form.Reorder))
            .ToApiError(_ => "HoldMs can be given with Reorder=true only");
        RuleFor(form => form.DelayMs)
            .Must((form, delay) =>
                delay is not null || IsTrue(form.Duplicate) || IsTrue(form.Drop) || IsTrue(form.Reorder))
            .ToApiError(_ => "A webhook rule needs an effect: DelayMs, or Duplicate, Drop or Reorder with true");
        RuleFor(form => form.Times).Times();
        RuleFor(form => form.Percent).Percentage();
        RuleFor(form => form.Seed).Seed(form => form.Percent);
    }

    private static bool IsUrl(string? url) => string.IsNullOrEmpty(url)
        || (url.EndsWith('*') ? !url.AsSpan(0, url.Length - 1).ContainsAny('*', '#') : HttpUrl.IsValid(url))
        && !url.Contains('#', StringComparison.Ordinal);

    private static bool IsAddress(string? address) =>
        string.IsNullOrEmpty(address) || CreateWebhookRuleForm.PatternOf(address) is not null;

    private static bool IsTrue(string? field) => bool.TryParse(field, out var value) && value;
}
