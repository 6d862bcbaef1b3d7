using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The parameters with which a message is created. Source:
/// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource.
/// </summary>
internal sealed record CreateMessageForm
{
    /// <summary>
    /// The recipient: E.164, or with a channel prefix such as <c>whatsapp:</c>. On WhatsApp also the ID of a user who
    /// hides the number, <c>whatsapp:US.13491208655302741918</c>. Required.
    /// </summary>
    public string? To { get; init; }

    /// <summary>The sender. Either this or <c>MessagingServiceSid</c>; both to force one sender.</summary>
    public string? From { get; init; }

    /// <summary>The Messaging Service that selects the sender.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>
    /// The phone number, short code or alphanumeric sender for a recipient that RCS does not reach. Needs a Messaging
    /// Service with an RCS sender, and no <c>From</c>.
    /// </summary>
    public string? FallbackFrom { get; init; }

    /// <summary>The text, at most 1,600 characters. This, <c>MediaUrl</c> or <c>ContentSid</c> is required.</summary>
    public string? Body { get; init; }

    /// <summary>The URL of a media item; repeated for up to ten.</summary>
    public string[]? MediaUrl { get; init; }

    /// <summary>The URL of status callbacks; wins over the Messaging Service's.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>How long the message may wait, in seconds, 1 to 36,000.</summary>
    public string? ValidityPeriod { get; init; }

    /// <summary><c>fixed</c>: send at <c>SendAt</c>. Needs a Messaging Service.</summary>
    [Shape(Words = ["fixed"])]
    public string? ScheduleType { get; init; }

    /// <summary>When to send; ISO 8601, 300 seconds to 35 days ahead.</summary>
    public string? SendAt { get; init; }

    /// <summary>
    /// The content template that says the text and the media, in place of <c>Body</c> and <c>MediaUrl</c>.
    /// </summary>
    public string? ContentSid { get; init; }

    /// <summary>A JSON object of texts that fill the template's placeholders. Needs <c>ContentSid</c>.</summary>
    public string? ContentVariables { get; init; }

    /// <summary><c>retain</c>, or <c>discard</c>: text and media are removed when the message has ended.</summary>
    public string? ContentRetention { get; init; }

    /// <summary>
    /// <c>retain</c>, or <c>obfuscate</c>: the last four digits of the recipient are hidden when the message has ended.
    /// </summary>
    public string? AddressRetention { get; init; }

    /// <summary><c>true</c>: the application will say in <c>Feedback</c> whether the recipient acted.</summary>
    public string? ProvideFeedback { get; init; }

    /// <summary>
    /// The application that has the URL of status callbacks, its <c>MessageStatusCallback</c>; ignored when
    /// <c>StatusCallback</c> is given.
    /// </summary>
    public string? ApplicationSid { get; init; }

    /// <summary>
    /// Whether look-alike characters are replaced to stay in GSM-7, when it goes as SMS; wins over the Messaging
    /// Service's <c>smart_encoding</c>.
    /// </summary>
    public string? SmartEncoded { get; init; }

    /// <summary><c>true</c>: the text goes as one MMS, whatever its length, from a sender that takes MMS.</summary>
    public string? SendAsMms { get; init; }

    /// <summary>How often the application has tried to send it, this time included. Without effect.</summary>
    public string? Attempt { get; init; }

    /// <summary>The max price. Without effect, as at Twilio since June 2024.</summary>
    public string? MaxPrice { get; init; }

    /// <summary>A switch, <c>true</c> or <c>false</c>. Without effect.</summary>
    public string? ForceDelivery { get; init; }

    /// <summary>
    /// An additional element of a WhatsApp message, such as <c>geo:37.787890,-122.391664|Office</c>; repeated for
    /// several. Without effect.
    /// </summary>
    public string[]? PersistentAction { get; init; }

    /// <summary>Whether the message gets a risk check: <c>enable</c> or <c>disable</c>. Without effect.</summary>
    public string? RiskCheck { get; init; }

    /// <summary>The type of traffic: <c>free</c>. Without effect.</summary>
    public string? TrafficType { get; init; }

    /// <summary>
    /// <c>true</c> or <c>false</c>; <c>true</c> needs a Messaging Service. Without effect: no domain can be set up for
    /// it.
    /// </summary>
    public string? ShortenUrls { get; init; }

    /// <summary>The request that the form makes; its shape was checked.</summary>
    public OutboundMessage ToOutboundMessage(Sid account)
    {
        var fromIsService = MessageForms.IsServiceSid(From);
        return new(default, account, To!, Body ?? "")
        {
            From = fromIsService || string.IsNullOrEmpty(From) ? null : From,
            MessagingServiceSid = MessageForms.ServiceSid(MessagingServiceSid)
                ?? (fromIsService ? MessageForms.ServiceSid(From) : null),
            FallbackFrom = string.IsNullOrEmpty(FallbackFrom) ? null : FallbackFrom,
            MediaUrls = MessageForms.Media(MediaUrl),
            Options = ToOptions(),
            StatusCallback = string.IsNullOrEmpty(StatusCallback) ? null : StatusCallback,
            ValidityPeriod = ValidityPeriod is null ? null : int.Parse(ValidityPeriod, CultureInfo.InvariantCulture),
            SendAt = string.IsNullOrEmpty(ScheduleType) ? null : MessageForms.Time(SendAt),
        };
    }

    /// <summary>The content template and its variables; null when the form has text and media itself.</summary>
    internal ContentChoice? Content =>
        string.IsNullOrEmpty(ContentSid) ? null : new(Sid.Parse(ContentSid), ContentVariables);

    /// <summary>Whether any of these is given, be it empty.</summary>
    internal bool HasOptions =>
        (ContentSid ?? ContentVariables ?? ContentRetention ?? AddressRetention ?? ProvideFeedback ?? ApplicationSid
            ?? SmartEncoded ?? SendAsMms ?? Attempt
            ?? MaxPrice ?? ForceDelivery ?? RiskCheck ?? TrafficType ?? ShortenUrls) is not null;

    private MessageOptions ToOptions() =>
        (Says(ContentRetention, "discard") ? MessageOptions.DiscardContent : 0)
        | (Says(AddressRetention, "obfuscate") ? MessageOptions.ObfuscateAddress : 0)
        | (Says(ProvideFeedback, "true") ? MessageOptions.ProvideFeedback : 0)
        | (Says(SendAsMms, "true") ? MessageOptions.SendAsMms : 0)
        | (Says(SmartEncoded, "true") ? MessageOptions.SmartEncoded : 0)
        | (Says(SmartEncoded, "false") ? MessageOptions.NotSmartEncoded : 0);

    private static bool Says(string? field, string word) => word.Equals(field, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// The parameters with which a message is redacted (<c>Body</c> empty) or canceled (<c>Status</c> <c>canceled</c>); one
/// of them.
/// </summary>
internal sealed record UpdateMessageForm
{
    /// <summary>Empty, to redact the message.</summary>
    [Shape(MaxLength = 0)]
    public string? Body { get; init; }

    /// <summary>The new status: <c>canceled</c>, to cancel a scheduled message.</summary>
    [Shape(Words = ["canceled"])]
    public string? Status { get; init; }
}

/// <summary>The rules, in the order of Twilio's errors: first the missing parameters, then the wrong ones.</summary>
internal sealed class CreateMessageRules : AbstractValidator<CreateMessageForm>
{
    private const NumberStyles Float =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public CreateMessageRules()
    {
        RuleFor(form => form.To).Given().ToApiError(MessagingError.ToMissing);
        RuleFor(form => form.FallbackFrom).Must((form, fallback) => string.IsNullOrEmpty(fallback)
            || !string.IsNullOrEmpty(form.MessagingServiceSid) || MessageForms.IsServiceSid(form.From))
                .ToApiError(MessagingError.FallbackWithoutService);
        RuleFor(form => form.From)
            .Must((form, from) => !string.IsNullOrEmpty(from) || !string.IsNullOrEmpty(form.MessagingServiceSid))
            .ToApiError(MessagingError.FromMissing);
        RuleFor(form => form.Body)
            .Must((form, body) => !string.IsNullOrEmpty(body) || !string.IsNullOrEmpty(form.ContentSid)
                || MessageForms.Media(form.MediaUrl).Count > 0)
            .ToApiError(MessagingError.ContentMissing);
        RuleFor(form => form.Body).AtMost(OutboundMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl)
            .Must(
                new() { MaxItems = OutboundMessage.MaxMedia },
                urls => MessageForms.Media(urls).Count <= OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.ToApiError());
        RuleFor(form => form.MediaUrl).Urls().WithState(_ => MessagingError.InvalidMediaUrl.ToApiError());
        RuleFor(form => form.MessagingServiceSid).SidOf(SidPrefix.MessagingService)
            .ToApiError(MessagingError.MalformedService);
        RuleFor(form => form.StatusCallback)
            .Must(new() { Format = "uri" }, url => string.IsNullOrEmpty(url) || HttpUrl.IsStatusCallback(url))
            .ToApiError(MessagingError.InvalidStatusCallback);
        RuleFor(form => form.ValidityPeriod).WholeNumber();
        RuleFor(form => form.ValidityPeriod)
            .Between(1, OutboundMessage.MaxValidityPeriod, MessagingError.InvalidValidityPeriod);
        // A message that names a time but not how it is meant must not go out at once.
        RuleFor(form => form.ScheduleType)
            .Must((form, type) => type == "fixed" || (string.IsNullOrEmpty(type) && string.IsNullOrEmpty(form.SendAt)))
            .ToApiError(MessagingError.InvalidScheduleType);
        RuleFor(form => form.SendAt)
            .Must((form, sendAt) => string.IsNullOrEmpty(form.ScheduleType) || !string.IsNullOrEmpty(sendAt))
            .ToApiError(MessagingError.SendAtMissing);
        RuleFor(form => form.SendAt)
            .Must(
                new() { Format = "date-time" },
                sendAt => string.IsNullOrEmpty(sendAt) || MessageForms.Time(sendAt) is not null)
            .ToApiError(MessagingError.SendAtUnreadable);
        RuleFor(form => form).SetValidator(OptionRules()).When(form => form.HasOptions);
    }

    /// <summary>The rules of parameters that most messages do not have. They run only for the other messages.</summary>
    private static InlineValidator<CreateMessageForm> OptionRules()
    {
        var rules = new InlineValidator<CreateMessageForm>();
        rules.RuleFor(form => form.ContentSid)
            .Must((form, sid) => !string.IsNullOrEmpty(sid) || string.IsNullOrEmpty(form.ContentVariables))
            .ToApiError(MessagingError.ContentSidMissing);
        rules.RuleFor(form => form.ContentSid).SidOf(SidPrefix.ContentTemplate)
            .ToApiError(MessagingError.InvalidContentSid);
        rules.RuleFor(form => form.MaxPrice)
            .Must(new() { Type = FieldType.Number }, price => string.IsNullOrEmpty(price)
                || (double.TryParse(price, Float, CultureInfo.InvariantCulture, out var value)
                    && double.IsFinite(value)))
            .ToApiError(MessagingError.InvalidMaxPrice);
        rules.RuleFor(form => form.ContentRetention).OneOf(["", "retain", "discard"])
            .ToApiError(MessagingError.InvalidContentRetention);
        rules.RuleFor(form => form.AddressRetention).OneOf(["", "retain", "obfuscate"])
            .ToApiError(MessagingError.InvalidAddressRetention);
        rules.RuleFor(form => form.ProvideFeedback).Boolean("ProvideFeedback");
        rules.RuleFor(form => form.SmartEncoded).Boolean("SmartEncoded");
        rules.RuleFor(form => form.SendAsMms).Boolean("SendAsMms");
        rules.RuleFor(form => form.Attempt).WholeNumber();
        rules.RuleFor(form => form.ForceDelivery).Boolean("ForceDelivery");
        rules.RuleFor(form => form.RiskCheck).OneOf(["", "enable", "disable"])
            .ToApiError(value => $"RiskCheck must be enable or disable, not '{value}'");
        rules.RuleFor(form => form.TrafficType).OneOf(["", "free"])
            .ToApiError(value => $"TrafficType must be free, not '{value}'");
        rules.RuleFor(form => form.ShortenUrls).Boolean("ShortenUrls");
        rules.RuleFor(form => form.ShortenUrls)
            .Must((form, shorten) => !"true".Equals(shorten, StringComparison.OrdinalIgnoreCase)
                || !string.IsNullOrEmpty(form.MessagingServiceSid) || MessageForms.IsServiceSid(form.From))
            .ToApiError(MessagingError.ShortenUrlsWithoutService);
        return rules;
    }
}

/// <summary>Exactly one of redact and cancel.</summary>
internal sealed class UpdateMessageRules : AbstractValidator<UpdateMessageForm>
{
    public UpdateMessageRules() => RuleFor(form => form.Status)
        .Must((form, status) => (form.Body, status) is ("", null) or (null, "canceled"))
            .ToApiError(MessagingError.InvalidUpdate);
}

/// <summary>How the fields of message forms are read.</summary>
internal static class MessageForms
{
    public static bool IsServiceSid(string? text) => Sid.TryParseAs(SidPrefix.MessagingService, text, out _);

    public static Sid? ServiceSid(string? text) =>
        Sid.TryParseAs(SidPrefix.MessagingService, text, out var sid) ? sid : null;

    public static IReadOnlyList<string> Media(string[]? urls) =>
        urls is null ? [] : [.. urls.Where(url => !string.IsNullOrEmpty(url))];

    public static DateTimeOffset? Time(string? text) => Iso8601Time.TryParse(text, out var time) ? time : null;
}
