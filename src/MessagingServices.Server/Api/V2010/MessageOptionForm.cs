using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <content>What a message can be asked for besides; most messages are not.</content>
internal sealed partial record CreateMessageForm
{
    /// <summary>The content template that says the text and the media, in place of <c>Body</c> and <c>MediaUrl</c>.</summary>
    public string? ContentSid { get; init; }

    /// <summary>A JSON object of texts that fill the template's placeholders. Needs <c>ContentSid</c>.</summary>
    public string? ContentVariables { get; init; }

    /// <summary><c>retain</c>, or <c>discard</c>: text and media are removed when the message has ended.</summary>
    public string? ContentRetention { get; init; }

    /// <summary><c>retain</c>, or <c>obfuscate</c>: the last four digits of the recipient are hidden when the message has ended.</summary>
    public string? AddressRetention { get; init; }

    /// <summary><c>true</c>: the application will say in <c>Feedback</c> whether the recipient acted.</summary>
    public string? ProvideFeedback { get; init; }

    /// <summary>Where status callbacks go, by an application; ignored when <c>StatusCallback</c> is given. There are no applications, so any is refused with 21218.</summary>
    public string? ApplicationSid { get; init; }

    /// <summary>
    /// Whether look-alike characters are replaced to stay in GSM-7, when it goes as SMS; wins over the Messaging Service's
    /// <c>smart_encoding</c>.
    /// </summary>
    public string? SmartEncoded { get; init; }

    /// <summary><c>true</c>: the text goes as one MMS, whatever its length, from a sender that takes MMS.</summary>
    public string? SendAsMms { get; init; }

    /// <summary>How often the application has tried to send it, this time included. Without effect.</summary>
    public string? Attempt { get; init; }

    /// <summary>The most it may cost. Without effect, as at Twilio since June 2024.</summary>
    public string? MaxPrice { get; init; }

    /// <summary><c>true</c> or <c>false</c>. Without effect.</summary>
    public string? ForceDelivery { get; init; }

    /// <summary>What a WhatsApp message shows besides, such as <c>geo:37.787890,-122.391664|Office</c>; repeated for several. Without effect.</summary>
    public string[]? PersistentAction { get; init; }

    /// <summary><c>enable</c> or <c>disable</c>. Without effect.</summary>
    public string? RiskCheck { get; init; }

    /// <summary><c>free</c>. Without effect.</summary>
    public string? TrafficType { get; init; }

    /// <summary><c>true</c> or <c>false</c>; <c>true</c> needs a Messaging Service. Without effect: no domain can be set up for it.</summary>
    public string? ShortenUrls { get; init; }

    /// <summary>Whether any of these is given, be it empty.</summary>
    internal bool AsksForMore =>
        (ContentSid ?? ContentVariables ?? ContentRetention ?? AddressRetention ?? ProvideFeedback ?? ApplicationSid ?? SmartEncoded ?? SendAsMms ?? Attempt
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

/// <summary>What is wrong with the parameters that most messages do not have; not public, or it would be registered in place of all rules of the form.</summary>
internal sealed class MessageOptionRules : AbstractValidator<CreateMessageForm>
{
    /// <summary>The rules.</summary>
    public MessageOptionRules()
    {
        RuleFor(form => form.ContentSid).Must((form, sid) => !string.IsNullOrEmpty(sid) || string.IsNullOrEmpty(form.ContentVariables))
            .ToApiError(MessagingError.ContentSidMissing);
        RuleFor(form => form.ContentSid).Must(sid => string.IsNullOrEmpty(sid) || Sid.TryParseAs(SidPrefix.ContentTemplate, sid, out _))
            .ToApiError(MessagingError.InvalidContentSid);
        RuleFor(form => form.MaxPrice)
            .Must(price => string.IsNullOrEmpty(price) || decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            .ToApiError(MessagingError.InvalidMaxPrice);
        RuleFor(form => form.ContentRetention).OneOf(["", "retain", "discard"]).ToApiError(MessagingError.InvalidContentRetention);
        RuleFor(form => form.AddressRetention).OneOf(["", "retain", "obfuscate"]).ToApiError(MessagingError.InvalidAddressRetention);
        RuleFor(form => form.ProvideFeedback).Boolean("ProvideFeedback");
        RuleFor(form => form.SmartEncoded).Boolean("SmartEncoded");
        RuleFor(form => form.SendAsMms).Boolean("SendAsMms");
        RuleFor(form => form.Attempt).WholeNumber();
        RuleFor(form => form.ForceDelivery).Boolean("ForceDelivery");
        RuleFor(form => form.RiskCheck).OneOf(["", "enable", "disable"]).ToApiError(value => $"RiskCheck must be enable or disable, not '{value}'");
        RuleFor(form => form.TrafficType).OneOf(["", "free"]).ToApiError(value => $"TrafficType must be free, not '{value}'");
        RuleFor(form => form.ShortenUrls).Boolean("ShortenUrls");
        RuleFor(form => form.ShortenUrls)
            .Must((form, shorten) => !"true".Equals(shorten, StringComparison.OrdinalIgnoreCase)
                || !string.IsNullOrEmpty(form.MessagingServiceSid) || MessageForms.IsServiceSid(form.From))
            .ToApiError(MessagingError.ShortenUrlsWithoutService);
        // A message whose callbacks go nowhere must not look as if somebody were told.
        RuleFor(form => form.ApplicationSid).Must((form, sid) => string.IsNullOrEmpty(sid) || !string.IsNullOrEmpty(form.StatusCallback))
            .ToApiError(MessagingError.InvalidApplicationSid);
    }
}
