using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The rules that phone numbers and short codes share.</summary>
internal static class NumberRules
{
    /// <summary>A version of the API that webhooks can have, or empty for the present one.</summary>
    public static IRuleBuilderOptions<T, string?> WebhookVersion<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(version => string.IsNullOrEmpty(version) || version is "2010-04-01" or "2008-08-01")
            .ToApiError(value => $"ApiVersion must be 2010-04-01 or 2008-08-01, not '{value}'");

    /// <summary>A name of at most 64 characters; refused with 20002.</summary>
    public static IRuleBuilderOptions<T, string?> NumberName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || name.Length <= PhoneNumber.MaxFriendlyNameLength)
            .ToApiError(MessagingError.InvalidFriendlyName);
}
