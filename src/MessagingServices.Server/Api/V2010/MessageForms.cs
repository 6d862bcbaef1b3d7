using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The parameters with which a message is created. Source: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource.</summary>
internal sealed partial record CreateMessageForm
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

    /// <summary>The text, at most 1,600 characters. This, <c>MediaUrl</c> or <c>ContentSid</c> is required.</summary>
    public string? Body { get; init; }

    /// <summary>The URL of a medium; repeated for up to ten.</summary>
    public string[]? MediaUrl { get; init; }

    /// <summary>Where status callbacks go; wins over the Messaging Service's.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>How long the message may wait, in seconds, 1 to 36,000.</summary>
    public string? ValidityPeriod { get; init; }

    /// <summary><c>fixed</c>: send at <c>SendAt</c>. Needs a Messaging Service.</summary>
    public string? ScheduleType { get; init; }

    /// <summary>When to send; ISO 8601, 300 seconds to 35 days ahead.</summary>
    public string? SendAt { get; init; }

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
            Options = ToOptions(),
            Content = string.IsNullOrEmpty(ContentSid) ? null : new(Sid.Parse(ContentSid), ContentVariables),
            StatusCallback = string.IsNullOrEmpty(StatusCallback) ? null : StatusCallback,
            ValidityPeriod = ValidityPeriod is null ? null : int.Parse(ValidityPeriod, CultureInfo.InvariantCulture),
            SendAt = string.IsNullOrEmpty(ScheduleType) ? null : MessageForms.Time(SendAt),
        };
    }
}

/// <summary>The parameters with which a message is redacted (<c>Body</c> empty) or canceled (<c>Status</c> <c>canceled</c>); one of them.</summary>
internal sealed record UpdateMessageForm
{
    /// <summary>Empty, to redact the message.</summary>
    public string? Body { get; init; }

    /// <summary><c>canceled</c>, to call a scheduled message off.</summary>
    public string? Status { get; init; }
}

/// <summary>In the order in which Twilio complains: first what is missing, then what is wrong.</summary>
internal sealed class CreateMessageRules : AbstractValidator<CreateMessageForm>
{
    /// <summary>The rules.</summary>
    public CreateMessageRules()
    {
        RuleFor(form => form.To).Must(to => !string.IsNullOrEmpty(to)).ToApiError(MessagingError.ToMissing);
        RuleFor(form => form.FallbackFrom).Must((form, fallback) => string.IsNullOrEmpty(fallback)
            || !string.IsNullOrEmpty(form.MessagingServiceSid) || MessageForms.IsServiceSid(form.From)).ToApiError(MessagingError.FallbackWithoutService);
        RuleFor(form => form.From).Must((form, from) => !string.IsNullOrEmpty(from) || !string.IsNullOrEmpty(form.MessagingServiceSid))
            .ToApiError(MessagingError.FromMissing);
        RuleFor(form => form.Body).Must((form, body) => !string.IsNullOrEmpty(body) || !string.IsNullOrEmpty(form.ContentSid) || MessageForms.Media(form.MediaUrl).Count > 0)
            .ToApiError(MessagingError.ContentMissing);
        RuleFor(form => form.Body).Must(body => body is null || body.Length <= OutboundMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl).Must(urls => MessageForms.Media(urls).Count <= OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.ToApiError());
        RuleFor(form => form.MediaUrl).Must(urls => MessageForms.Media(urls).All(HttpUrl.IsValid))
            .WithState(_ => MessagingError.InvalidMediaUrl.ToApiError());
        RuleFor(form => form.MessagingServiceSid).Must(sid => string.IsNullOrEmpty(sid) || MessageForms.IsServiceSid(sid))
            .ToApiError(MessagingError.MalformedService);
        RuleFor(form => form.StatusCallback).Url().ToApiError(MessagingError.InvalidStatusCallback);
        RuleFor(form => form.ValidityPeriod).WholeNumber();
        RuleFor(form => form.ValidityPeriod).Between(1, OutboundMessage.MaxValidityPeriod, MessagingError.InvalidValidityPeriod);
        // A message that names a time but not how it is meant must not go out at once.
        RuleFor(form => form.ScheduleType).Must((form, type) => type == "fixed" || (string.IsNullOrEmpty(type) && string.IsNullOrEmpty(form.SendAt)))
            .ToApiError(MessagingError.InvalidScheduleType);
        RuleFor(form => form.SendAt).Must((form, sendAt) => string.IsNullOrEmpty(form.ScheduleType) || !string.IsNullOrEmpty(sendAt))
            .ToApiError(MessagingError.SendAtMissing);
        RuleFor(form => form.SendAt).Must(sendAt => string.IsNullOrEmpty(sendAt) || MessageForms.Time(sendAt) is not null)
            .ToApiError(MessagingError.SendAtUnreadable);
        RuleFor(form => form).SetValidator(new MessageOptionRules()).When(form => form.AsksForMore);
    }
}

/// <summary>Exactly one of redact and cancel.</summary>
internal sealed class UpdateMessageRules : AbstractValidator<UpdateMessageForm>
{
    /// <summary>The rules.</summary>
    public UpdateMessageRules() => RuleFor(form => form.Status)
        .Must((form, status) => (form.Body, status) is ("", null) or (null, "canceled")).ToApiError(MessagingError.InvalidUpdate);
}

/// <summary>How the fields of message forms are read.</summary>
internal static class MessageForms
{
    public static bool IsServiceSid(string? text) => Sid.TryParseAs(SidPrefix.MessagingService, text, out _);

    public static Sid? ServiceSid(string? text) => Sid.TryParseAs(SidPrefix.MessagingService, text, out var sid) ? sid : null;

    public static IReadOnlyList<string> Media(string[]? urls) => urls is null ? [] : [.. urls.Where(url => !string.IsNullOrEmpty(url))];

    public static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
