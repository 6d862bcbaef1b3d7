using System.Text.Json.Serialization;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// How the simulated carrier treats the messages that match. A condition that is null matches any message. An effect
/// that is null leaves the decision to other rules.
/// </summary>
internal sealed record CarrierRuleResource
{
    /// <summary>SID with the prefix CR.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account whose messages it is for.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The recipients: an address, or the beginning of addresses with *.</summary>
    public required string? To { get; init; }

    /// <summary>The senders: an address, or the beginning of addresses with *.</summary>
    public required string? From { get; init; }

    /// <summary>A part of the text, case-sensitive.</summary>
    public required string? BodyContains { get; init; }

    /// <summary>How the message ends: delivered, undelivered, failed, sent or read.</summary>
    public required CarrierOutcome? Outcome { get; init; }

    /// <summary>The error code of a message that fails or is not delivered.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>How long the carrier takes for each of its steps, in milliseconds.</summary>
    public required int? DelayMs { get; init; }

    /// <summary>Whether the handset takes MMS.</summary>
    public required bool? SupportsMms { get; init; }

    /// <summary>Whether the handset takes RCS.</summary>
    public required bool? SupportsRcs { get; init; }

    /// <summary>Whether the handset takes WhatsApp messages.</summary>
    [JsonPropertyName("supports_whatsapp")]
    public required bool? SupportsWhatsApp { get; init; }

    /// <summary>The number of messages that the rule applies to; null for all.</summary>
    public required int? Times { get; init; }

    /// <summary>The number of messages that the rule has applied to; null without <c>Times</c>.</summary>
    public required int? TimesUsed { get; init; }

    /// <summary>The percentage of the matching messages that the rule applies to; null for all.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>The seed that selects the messages; null without <c>Percent</c>.</summary>
    public required int? Seed { get; init; }

    /// <summary>When it was made; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a rule, its address on the host that the request came to.</summary>
    public static CarrierRuleResource Of(CarrierRule rule, HttpRequest request) => new()
    {
        Sid = rule.Sid,
        AccountSid = rule.AccountSid,
        To = rule.To,
        From = rule.From,
        BodyContains = rule.BodyContains,
        Outcome = rule.Outcome,
        ErrorCode = rule.ErrorCode,
        DelayMs = rule.DelayMs,
        SupportsMms = rule.SupportsMms,
        SupportsRcs = rule.SupportsRcs,
        SupportsWhatsApp = rule.SupportsWhatsApp,
        Times = rule.Times,
        TimesUsed = rule.Times is null ? null : rule.TimesUsed,
        Percent = RuleFields.WithoutZeros(rule.Percent),
        Seed = rule.Seed,
        DateCreated = new(rule.DateCreated),
        Url = request.AbsoluteUrl($"/emulator/v1/CarrierRules/{rule.Sid}"),
    };
}

/// <summary>
/// The parameters to create a carrier rule: which messages it matches and how they are treated. A condition that is
/// absent or empty matches any message.
/// </summary>
internal sealed record CreateCarrierRuleForm
{
    /// <summary>
    /// The recipient: a number, or the beginning of numbers with <c>*</c>, for example <c>+1415*</c>. Channel prefixes
    /// are ignored.
    /// </summary>
    public string? To { get; init; }

    /// <summary>
    /// The sender: an address, or the beginning of addresses with <c>*</c>. Channel prefixes are ignored.
    /// </summary>
    public string? From { get; init; }

    /// <summary>A part of the text that the handset receives, case-sensitive; no character is special.</summary>
    public string? BodyContains { get; init; }

    /// <summary>
    /// <c>delivered</c>, <c>undelivered</c>, <c>failed</c>, <c>sent</c> (and no more) or <c>read</c> (on WhatsApp and
    /// RCS). Absent: the rule changes abilities or delay only.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>
    /// The error code, 10000 to 99999; only with <c>undelivered</c> and <c>failed</c>; 30008 when absent.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>How long the carrier takes for each of its steps, in milliseconds, 0 to 86,400,000.</summary>
    public string? DelayMs { get; init; }

    /// <summary><c>false</c>: the handset takes no MMS, so media are undelivered (30011).</summary>
    public string? SupportsMms { get; init; }

    /// <summary><c>false</c>: the handset takes no RCS, so an RCS message is undelivered (63036).</summary>
    public string? SupportsRcs { get; init; }

    /// <summary><c>false</c>: the handset takes no WhatsApp messages, so one is undelivered (63024).</summary>
    public string? SupportsWhatsApp { get; init; }

    /// <summary>How many messages the rule applies to, 1 to 1,000,000; all when absent.</summary>
    public string? Times { get; init; }

    /// <summary>
    /// The percentage of the matching messages that the rule applies to, 0 to 100, with at most two digits after the
    /// point; all when absent. The choice depends on the seed, the recipient and the number of earlier matching
    /// messages to this recipient. So a repeated run has the same failures.
    /// </summary>
    public string? Percent { get; init; }

    /// <summary>
    /// The seed that selects the messages, 0 to 2,147,483,647; only with <c>Percent</c>; 0 when absent.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    internal void Configure(CarrierRule rule)
    {
        rule.To = string.IsNullOrEmpty(To) ? null : AddressPattern.OfRecipients(To);
        rule.From = string.IsNullOrEmpty(From) ? null : AddressPattern.OfSenders(From);
        rule.BodyContains = string.IsNullOrEmpty(BodyContains) ? null : BodyContains;
        rule.Outcome = Outcome is null ? null : EnumNames<CarrierOutcome>.Parse(Outcome.ToLowerInvariant());
        rule.ErrorCode = RuleFields.Number(ErrorCode);
        rule.DelayMs = RuleFields.Number(DelayMs);
        rule.SupportsMms = RuleFields.Switch(SupportsMms);
        rule.SupportsRcs = RuleFields.Switch(SupportsRcs);
        rule.SupportsWhatsApp = RuleFields.Switch(SupportsWhatsApp);
        rule.Times = RuleFields.Number(Times);
        rule.Percent = RuleFields.Percentage(Percent);
        rule.Seed = Percent is null ? null : RuleFields.Number(Seed) ?? 0;
    }
}

/// <summary>
/// Addresses and words must be readable, numbers within their bounds, and an error code needs an error.
/// </summary>
internal sealed class CreateCarrierRuleRules : AbstractValidator<CreateCarrierRuleForm>
{
    private static readonly MessagingError ErrorCodeOutOfRange =
        MessagingError.BadParameter with { Text = "ErrorCode must be 10000 to 99999" };

    public CreateCarrierRuleRules()
    {
        RuleFor(form => form.To).Must(to => string.IsNullOrEmpty(to) || AddressPattern.OfRecipients(to) is not null)
            .ToApiError(value =>
                $"To must be a phone number, or the beginning of one with an asterisk such as +1415*, not '{value}'");
        RuleFor(form => form.From)
            .Must(from => string.IsNullOrEmpty(from) || AddressPattern.OfSenders(from) is not null)
            .ToApiError(value =>
                "From must be a sender's address, or the beginning of one with an asterisk such as +1415*, "
                + $"not '{value}'");
        RuleFor(form => form.BodyContains).AtMost("BodyContains", Domain.Messages.OutboundMessage.MaxBodyLength);
        RuleFor(form => form.Outcome).OneOf(EnumNames<CarrierOutcome>.All)
            .ToApiError(value => $"Outcome must be delivered, undelivered, failed, sent or read, not '{value}'");
        RuleFor(form => form.ErrorCode).WholeNumber();
        RuleFor(form => form.ErrorCode).Between(10000, 99999, ErrorCodeOutOfRange);
        RuleFor(form => form.ErrorCode)
            .Must((form, code) => code is null || form.Outcome?.ToLowerInvariant() is "undelivered" or "failed")
            .ToApiError(_ => "ErrorCode can be given with the Outcome undelivered or failed only");
        RuleFor(form => form.DelayMs).Milliseconds("DelayMs");
        RuleFor(form => form.SupportsMms).Boolean("SupportsMms");
        RuleFor(form => form.SupportsRcs).Boolean("SupportsRcs");
        RuleFor(form => form.SupportsWhatsApp).Boolean("SupportsWhatsApp");
        RuleFor(form => form.Times).Times();
        RuleFor(form => form.Percent).Percentage();
        RuleFor(form => form.Seed).Seed(form => form.Percent);
    }
}
