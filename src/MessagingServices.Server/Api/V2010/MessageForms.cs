using System.Globalization;
using FluentValidation;
using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Api.Wire;
using MessagingServices.Server.Messaging;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The parameters with which a message is created. Source: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource.</summary>
public sealed record CreateMessageForm
{
    /// <summary>The recipient: E.164, or with a channel prefix such as <c>whatsapp:</c>. Required.</summary>
    public string? To { get; init; }

    /// <summary>The sender. Either this or <c>MessagingServiceSid</c>; both to force one sender.</summary>
    public string? From { get; init; }

    /// <summary>The Messaging Service that selects the sender.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>
    /// The phone number, short code or alphanumeric sender for a recipient that RCS does not reach. Needs a Messaging Service with an RCS
    /// sender, and no <c>From</c>.
    /// </summary>
    public string? FallbackFrom { get; init; }

    /// <summary>The text, at most 1,600 characters. This or <c>MediaUrl</c> is required.</summary>
    public string? Body { get; init; }

    /// <summary>The URL of a medium; repeated for up to ten.</summary>
    public string[]? MediaUrl { get; init; }

    /// <summary><c>true</c>: the text goes as one MMS, whatever its length, from a sender that takes MMS.</summary>
    public string? SendAsMms { get; init; }

    /// <summary>Where status callbacks go; wins over the Messaging Service's.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>How long the message may wait, in seconds, 1 to 36,000.</summary>
    public string? ValidityPeriod { get; init; }

    /// <summary>The most it may cost. Without effect, as at Twilio since June 2024.</summary>
    public string? MaxPrice { get; init; }

    /// <summary><c>retain</c> or <c>discard</c>. Without effect yet.</summary>
    public string? ContentRetention { get; init; }

    /// <summary><c>retain</c> or <c>obfuscate</c>. Without effect yet.</summary>
    public string? AddressRetention { get; init; }

    /// <summary><c>fixed</c>: send at <c>SendAt</c>. Needs a Messaging Service.</summary>
    public string? ScheduleType { get; init; }

    /// <summary>When to send; ISO 8601, 300 seconds to 35 days ahead.</summary>
    public string? SendAt { get; init; }

    /// <summary>A content template. None can be created yet, so any is refused with 21655.</summary>
    public string? ContentSid { get; init; }

    /// <summary>The request that the form makes; its shape was checked.</summary>
    public NewMessage ToNewMessage(Sid account)
    {
        var fromIsService = MessageForms.IsServiceSid(From);
        return new(account, To!, Body ?? "")
        {
            From = fromIsService || string.IsNullOrEmpty(From) ? null : From,
            MessagingServiceSid = MessageForms.ServiceSid(MessagingServiceSid) ?? (fromIsService ? MessageForms.ServiceSid(From) : null),
            FallbackFrom = string.IsNullOrEmpty(FallbackFrom) ? null : FallbackFrom,
            MediaUrls = MessageForms.Media(MediaUrl),
            Options = MessageForms.IsTrue(SendAsMms) ? MessageOptions.SendAsMms : MessageOptions.None,
            StatusCallback = string.IsNullOrEmpty(StatusCallback) ? null : StatusCallback,
            ValidityPeriod = ValidityPeriod is null ? null : int.Parse(ValidityPeriod, CultureInfo.InvariantCulture),
            SendAt = string.IsNullOrEmpty(ScheduleType) ? null : MessageForms.Time(SendAt),
        };
    }
}

/// <summary>The parameters with which a message is redacted (<c>Body</c> empty) or canceled (<c>Status</c> <c>canceled</c>); one of them.</summary>
public sealed record UpdateMessageForm
{
    /// <summary>Empty, to redact the message.</summary>
    public string? Body { get; init; }

    /// <summary><c>canceled</c>, to call a scheduled message off.</summary>
    public string? Status { get; init; }
}

/// <summary>In the order in which Twilio complains: first what is missing, then what is wrong.</summary>
public sealed class CreateMessageRules : AbstractValidator<CreateMessageForm>
{
    /// <summary>The rules.</summary>
    public CreateMessageRules()
    {
        RuleFor(form => form.To).Must(to => !string.IsNullOrEmpty(to)).Refuse(MessagingError.ToMissing);
        RuleFor(form => form.FallbackFrom).Must((form, fallback) => string.IsNullOrEmpty(fallback)
            || !string.IsNullOrEmpty(form.MessagingServiceSid) || MessageForms.IsServiceSid(form.From)).Refuse(MessagingError.FallbackWithoutService);
        RuleFor(form => form.From).Must((form, from) => !string.IsNullOrEmpty(from) || !string.IsNullOrEmpty(form.MessagingServiceSid))
            .Refuse(MessagingError.FromMissing);
        RuleFor(form => form.ContentSid).Must(string.IsNullOrEmpty).Refuse(MessagingError.InvalidContentSid);
        RuleFor(form => form.Body).Must((form, body) => !string.IsNullOrEmpty(body) || MessageForms.Media(form.MediaUrl).Count > 0)
            .Refuse(MessagingError.ContentMissing);
        RuleFor(form => form.Body).Must(body => body is null || body.Length <= OutboundMessage.MaxBodyLength).Refuse(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl).Must(urls => MessageForms.Media(urls).Count <= OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.Refuse());
        RuleFor(form => form.MediaUrl).Must(urls => MessageForms.Media(urls).All(FormRules.IsUrl))
            .WithState(_ => MessagingError.InvalidMediaUrl.Refuse());
        RuleFor(form => form.SendAsMms).Boolean(nameof(CreateMessageForm.SendAsMms));
        RuleFor(form => form.MessagingServiceSid).Must(sid => string.IsNullOrEmpty(sid) || MessageForms.IsServiceSid(sid))
            .Refuse(MessagingError.MalformedService);
        RuleFor(form => form.StatusCallback).Url().Refuse(MessagingError.InvalidStatusCallback);
        RuleFor(form => form.ValidityPeriod).WholeNumber();
        RuleFor(form => form.ValidityPeriod).Between(1, OutboundMessage.MaxValidityPeriod, MessagingError.InvalidValidityPeriod);
        RuleFor(form => form.MaxPrice)
            .Must(price => string.IsNullOrEmpty(price) || decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            .Refuse(MessagingError.InvalidMaxPrice);
        RuleFor(form => form.ContentRetention).OneOf(["", "retain", "discard"]).Refuse(MessagingError.InvalidContentRetention);
        RuleFor(form => form.AddressRetention).OneOf(["", "retain", "obfuscate"]).Refuse(MessagingError.InvalidAddressRetention);
        // A message that names a time but not how it is meant must not go out at once.
        RuleFor(form => form.ScheduleType).Must((form, type) => type == "fixed" || (string.IsNullOrEmpty(type) && string.IsNullOrEmpty(form.SendAt)))
            .Refuse(MessagingError.InvalidScheduleType);
        RuleFor(form => form.SendAt).Must((form, sendAt) => string.IsNullOrEmpty(form.ScheduleType) || !string.IsNullOrEmpty(sendAt))
            .Refuse(MessagingError.SendAtMissing);
        RuleFor(form => form.SendAt).Must(sendAt => string.IsNullOrEmpty(sendAt) || MessageForms.Time(sendAt) is not null)
            .Refuse(MessagingError.SendAtUnreadable);
    }
}

/// <summary>Exactly one of redact and cancel.</summary>
public sealed class UpdateMessageRules : AbstractValidator<UpdateMessageForm>
{
    /// <summary>The rules.</summary>
    public UpdateMessageRules() => RuleFor(form => form.Status)
        .Must((form, status) => (form.Body, status) is ("", null) or (null, "canceled")).Refuse(MessagingError.InvalidUpdate);
}

/// <summary>How the fields of message forms are read.</summary>
internal static class MessageForms
{
    public static bool IsServiceSid(string? text) => Sid.TryParseAs(SidPrefix.MessagingService, text, out _);

    public static Sid? ServiceSid(string? text) => Sid.TryParseAs(SidPrefix.MessagingService, text, out var sid) ? sid : null;

    public static bool IsTrue(string? text) => bool.TryParse(text, out var on) && on;

    public static IReadOnlyList<string> Media(string[]? urls) => urls is null ? [] : [.. urls.Where(url => !string.IsNullOrEmpty(url))];

    public static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
