using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Inbound;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>A message from a handset. <c>Body</c>, <c>MediaUrl</c> or both.</summary>
internal sealed record CreateInboundMessageForm
{
    /// <summary>
    /// The handset: E.164. On SMS also a short code or an alphanumeric sender, on WhatsApp also the ID of a user who
    /// hides the number (<c>whatsapp:US.13491208655302741918</c>). The channel's prefix (<c>whatsapp:</c>,
    /// <c>rcs:</c>) can be absent, since <c>To</c> has it. Required.
    /// </summary>
    public string? From { get; init; }

    /// <summary>
    /// The account's sender that receives: a phone number, a short code, or a WhatsApp or RCS sender with its prefix.
    /// Required.
    /// </summary>
    public string? To { get; init; }

    /// <summary>
    /// The text, at most 1,600 characters. Its default is <c>ButtonText</c> or <c>ListTitle</c>, where one is given.
    /// </summary>
    public string? Body { get; init; }

    /// <summary>
    /// The URL of a media item, which the server fetches once; repeated for up to ten. Or files, in a form of the type
    /// <c>multipart/form-data</c>.
    /// </summary>
    public string[]? MediaUrl { get; init; }

    /// <summary>The message; its shape was checked.</summary>
    /// <param name="account">The account that receives it.</param>
    /// <param name="form">The whole form, for the parameters that only some channels have.</param>
    /// <param name="files">The files that the handset sends.</param>
    /// <exception cref="TwilioException">21619 when it says nothing at all, 20001 for a mistake in a parameter of a
    /// channel.</exception>
    internal NewInboundMessage ToNewInboundMessage(
        Sid account, IFormCollection form, IReadOnlyList<UploadedFile> files)
    {
        List<KeyValuePair<string, string>> given =
        [
            .. HandsetParameters.Names.Where(form.ContainsKey)
                .Select(name => KeyValuePair.Create(name, ParameterText.Checked(name, form[name])[0] ?? ""))
                .Where(parameter => parameter.Value.Length > 0),
        ];
        if (HandsetParameters.MistakeIn(given, OutboundMessage.MaxBodyLength) is { } mistake)
            throw new TwilioException(MessagingError.BadParameter.ToApiError(mistake));
        var body = string.IsNullOrEmpty(Body) ? HandsetParameters.TextOf(given) : Body;
        var media = Media(MediaUrl);
        if (files.Count > OutboundMessage.MaxMedia)
            throw new TwilioException(MessagingError.TooManyMedia.ToApiError());
        if (files.Count > 0 && media.Count > 0)
        {
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError("MediaUrl must be URLs or files, not both"));
        }

        return body.Length == 0 && media.Count + files.Count == 0 && !HandsetParameters.AreContent(given)
            ? throw new TwilioException(MessagingError.ContentMissing.ToApiError())
            : new(account, From!, To!, body)
            {
                MediaUrls = media, Parameters = given,
                Files = [.. files.Select(file => new HandsetFile(file.ContentType, file.Bytes))],
            };
    }

    internal static IReadOnlyList<string> Media(string[]? urls) =>
        urls is null ? [] : [.. urls.Where(url => !string.IsNullOrEmpty(url))];
}

/// <summary>
/// The rules, in the same order as for outbound messages: first the missing parameters, then the wrong ones.
/// </summary>
internal sealed class CreateInboundMessageRules : AbstractValidator<CreateInboundMessageForm>
{
    public CreateInboundMessageRules()
    {
        RuleFor(form => form.To).Given().ToApiError(MessagingError.ToMissing);
        RuleFor(form => form.From).Given().ToApiError(MessagingError.InboundFromMissing);
        RuleFor(form => form.Body).AtMost(OutboundMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl)
            .Must(
                new() { MaxItems = OutboundMessage.MaxMedia },
                urls => CreateInboundMessageForm.Media(urls).Count <= OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.ToApiError());
        RuleFor(form => form.MediaUrl).Urls().WithState(_ => MessagingError.InvalidMediaUrl.ToApiError());
    }
}
