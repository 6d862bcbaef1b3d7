using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Inbound;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What a handset sends. <c>Body</c>, <c>MediaUrl</c> or both.</summary>
internal sealed record CreateInboundMessageForm
{
    /// <summary>The handset: E.164. The channel's prefix (<c>whatsapp:</c>, <c>rcs:</c>) may be left out, that of <c>To</c> tells it. Required.</summary>
    public string? From { get; init; }

    /// <summary>The account's sender that receives: a phone number, a short code, or a WhatsApp or RCS sender with its prefix. Required.</summary>
    public string? To { get; init; }

    /// <summary>The text, at most 1,600 characters.</summary>
    public string? Body { get; init; }

    /// <summary>The URL of a medium, from which it is fetched once; repeated for up to ten.</summary>
    public string[]? MediaUrl { get; init; }

    /// <summary>The message; its shape was checked.</summary>
    /// <param name="account">Who receives.</param>
    /// <param name="form">The whole form, for what only some channels have.</param>
    /// <exception cref="TwilioException">21619 when it says nothing at all, 20001 when a parameter has more than 1,600 characters.</exception>
    internal NewInboundMessage ToNewInboundMessage(Sid account, IFormCollection form)
    {
        NewInboundMessage message = new(account, From!, To!, Body ?? "")
        {
            MediaUrls = Media(MediaUrl),
            Parameters = [.. InboundParameters.OfChannels.Where(form.ContainsKey).Select(name => KeyValuePair.Create(name, form[name][0] ?? ""))],
        };
        if (message.Parameters.FirstOrDefault(parameter => parameter.Value.Length > OutboundMessage.MaxBodyLength).Key is { } tooLong)
            throw new TwilioException(MessagingError.BadParameter.ToApiError($"{tooLong} exceeds {OutboundMessage.MaxBodyLength} characters"));
        // A location or the answer to a button has neither text nor media.
        return message is { Body: "", MediaUrls: [], Parameters: [] } ? throw new TwilioException(MessagingError.ContentMissing.ToApiError()) : message;
    }

    internal static IReadOnlyList<string> Media(string[]? urls) => urls is null ? [] : [.. urls.Where(url => !string.IsNullOrEmpty(url))];
}

/// <summary>As for messages that are sent: first what is missing, then what is wrong.</summary>
internal sealed class CreateInboundMessageRules : AbstractValidator<CreateInboundMessageForm>
{
    /// <summary>The rules.</summary>
    public CreateInboundMessageRules()
    {
        RuleFor(form => form.To).Must(to => !string.IsNullOrEmpty(to)).ToApiError(MessagingError.ToMissing);
        RuleFor(form => form.From).Must(from => !string.IsNullOrEmpty(from)).ToApiError(MessagingError.InboundFromMissing);
        RuleFor(form => form.Body).Must(body => body is null || body.Length <= OutboundMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl).Must(urls => CreateInboundMessageForm.Media(urls).Count <= OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.ToApiError());
        RuleFor(form => form.MediaUrl).Must(urls => CreateInboundMessageForm.Media(urls).All(HttpUrl.IsValid))
            .WithState(_ => MessagingError.InvalidMediaUrl.ToApiError());
    }
}
