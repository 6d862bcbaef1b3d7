using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The rules that phone numbers and short codes share.</summary>
internal static class NumberRules
{
    /// <summary>A version of the API that webhooks can have, or empty for the present one.</summary>
    public static IRuleBuilderOptions<T, string?> WebhookVersion<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(
            FieldShape.OneOf(["2010-04-01", "2008-08-01"]),
            version => string.IsNullOrEmpty(version) || version is "2010-04-01" or "2008-08-01")
            .ToApiError(value => $"ApiVersion must be 2010-04-01 or 2008-08-01, not '{value}'");

    /// <summary>A name of at most 64 characters; refused with 20002.</summary>
    public static IRuleBuilderOptions<T, string?> NumberName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.AtMost(PhoneNumber.MaxFriendlyNameLength).ToApiError(MessagingError.InvalidFriendlyName);

    /// <summary>The SID of an application, or empty; refused with 21420.</summary>
    public static IRuleBuilderOptions<T, string?> SmsApplication<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(sid => string.IsNullOrEmpty(sid) || Sid.TryParseAs(SidPrefix.Application, sid, out _))
        .ToApiError(MessagingError.UnknownSmsApplication);

    /// <summary>The fallback URL is only called when the URL of messages fails, so it needs one.</summary>
    /// <param name="isChanged">Whether the caller gives one of the two.</param>
    /// <param name="fallback">The fallback URL after the change.</param>
    /// <param name="url">The URL of messages after the change.</param>
    /// <exception cref="TwilioException">21406.</exception>
    public static void CheckFallback(bool isChanged, string? fallback, string? url)
    {
        if (isChanged && !string.IsNullOrEmpty(fallback) && string.IsNullOrEmpty(url))
            throw new TwilioException(MessagingError.FallbackWithoutSmsUrl.ToApiError());
    }
}
