using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The parameters with which a short code is changed; all are optional. Absent keeps, empty clears.
/// Source: https://www.twilio.com/docs/messaging/api/short-code-resource.
/// </summary>
internal sealed record UpdateShortCodeForm
{
    /// <summary>A name for people, at most 64 characters; the digits when empty.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The API version that its webhooks speak: <c>2010-04-01</c> (default) or <c>2008-08-01</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The webhook for messages that come in.</summary>
    public string? SmsUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsMethod { get; init; }

    /// <summary>Asked when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsFallbackMethod { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
    public void ApplyTo(ShortCode shortCode)
    {
        shortCode.FriendlyName = FriendlyName is "" ? shortCode.Code : FriendlyName ?? shortCode.FriendlyName;
        shortCode.ApiVersion = ApiVersion.OrKeep(shortCode.ApiVersion);
        shortCode.SmsUrl = SmsUrl.OrKeepNullable(shortCode.SmsUrl);
        shortCode.SmsMethod = SmsMethod.OrKeepMethod(shortCode.SmsMethod);
        shortCode.SmsFallbackUrl = SmsFallbackUrl.OrKeepNullable(shortCode.SmsFallbackUrl);
        shortCode.SmsFallbackMethod = SmsFallbackMethod.OrKeepMethod(shortCode.SmsFallbackMethod);
    }
}

/// <summary>The settings.</summary>
internal sealed class UpdateShortCodeRules : AbstractValidator<UpdateShortCodeForm>
{
    /// <summary>The rules.</summary>
    public UpdateShortCodeRules()
    {
        RuleFor(form => form.FriendlyName).Must(name => name is null || name.Length <= ShortCode.MaxFriendlyNameLength)
            .ToApiError(MessagingError.InvalidFriendlyName);
        RuleFor(form => form.ApiVersion).Must(version => string.IsNullOrEmpty(version) || version is "2010-04-01" or "2008-08-01")
            .ToApiError(value => $"ApiVersion must be 2010-04-01 or 2008-08-01, not '{value}'");
        RuleFor(form => form.SmsUrl).Url(nameof(UpdateShortCodeForm.SmsUrl));
        RuleFor(form => form.SmsMethod).HttpMethod(nameof(UpdateShortCodeForm.SmsMethod));
        RuleFor(form => form.SmsFallbackUrl).Url(nameof(UpdateShortCodeForm.SmsFallbackUrl));
        RuleFor(form => form.SmsFallbackMethod).HttpMethod(nameof(UpdateShortCodeForm.SmsFallbackMethod));
    }
}
