using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What a sender would be selected for.</summary>
internal sealed record PreviewSelectionForm
{
    /// <summary>The Messaging Service. Required.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>The recipient, written as for a message. Required.</summary>
    public string? To { get; init; }

    /// <summary>The text; carrier rules may look at it.</summary>
    public string? Body { get; init; }

    /// <summary>The URL of a medium; repeated for up to ten. With any, senders must carry media.</summary>
    public string[]? MediaUrl { get; init; }

    /// <summary>The sender for where RCS does not reach.</summary>
    public string? FallbackFrom { get; init; }

    /// <summary>The message that would be sent; the shape was checked.</summary>
    internal NewMessage ToNewMessage(Sid account) => new(account, To!, Body ?? "")
    {
        MessagingServiceSid = Sid.Parse(MessagingServiceSid!),
        FallbackFrom = string.IsNullOrEmpty(FallbackFrom) ? null : FallbackFrom,
        MediaUrls = [.. (MediaUrl ?? []).Where(url => url.Length > 0)],
    };
}

/// <summary>As for a message: first what is missing, then what is wrong.</summary>
internal sealed class PreviewSelectionRules : AbstractValidator<PreviewSelectionForm>
{
    /// <summary>The rules.</summary>
    public PreviewSelectionRules()
    {
        RuleFor(form => form.To).Must(to => !string.IsNullOrEmpty(to)).ToApiError(MessagingError.ToMissing);
        RuleFor(form => form.MessagingServiceSid).Required(nameof(PreviewSelectionForm.MessagingServiceSid));
        RuleFor(form => form.MessagingServiceSid).Must(sid => Sid.TryParseAs(SidPrefix.MessagingService, sid, out _))
            .ToApiError(MessagingError.MalformedService);
        RuleFor(form => form.Body).Must(body => body is null || body.Length <= OutboundMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl).Must(urls => urls is null || urls.Length <= OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.ToApiError());
        RuleFor(form => form.MediaUrl).Must(urls => urls is null || urls.Where(url => url.Length > 0).All(HttpUrl.IsValid))
            .WithState(_ => MessagingError.InvalidMediaUrl.ToApiError());
    }
}
