using System.Globalization;
using FluentValidation;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The checks of forms. Fields are kept as raw text. Null is absent: an update keeps the present value. Empty clears a
/// value that can be cleared, and is an error for numbers and booleans. Rules run in their order, and the first that
/// fails is the error.
/// </summary>
internal static class FormRules
{
    /// <summary>The error when the rule before it fails. The field's value replaces <c>{0}</c> in the text.</summary>
    public static IRuleBuilderOptions<T, string?> ToApiError<T>(
        this IRuleBuilderOptions<T, string?> rule, MessagingError error) =>
        rule.WithState((_, value) => error.Text.Contains("{0}", StringComparison.Ordinal) ? error.ToApiError(value)
            : error.ToApiError());

    /// <summary>The error with code 20001 and this text.</summary>
    public static IRuleBuilderOptions<T, string?> ToApiError<T>(
        this IRuleBuilderOptions<T, string?> rule, Func<string?, string> text) =>
        rule.WithState((_, value) => MessagingError.BadParameter.ToApiError(text(value)));

    /// <summary>The field must be there and not empty.</summary>
    public static IRuleBuilderOptions<T, string?> Given<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(FieldShape.Required, value => !string.IsNullOrEmpty(value));

    /// <summary>The field must be there and not empty; else it is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> Required<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.Given().ToApiError(_ => $"Missing required parameter {name} in the post body");

    /// <summary>A boolean: <c>true</c> or <c>false</c>, in any case.</summary>
    public static IRuleBuilderOptions<T, string?> Boolean<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.Must(new() { Type = FieldType.Boolean }, value => value is null || bool.TryParse(value, out _))
            .ToApiError(value => $"{name} must be true or false, not '{value}'");

    /// <summary>A whole number, of any size: whether it is in range is for <see cref="Between"/> to say.</summary>
    public static IRuleBuilderOptions<T, string?> WholeNumber<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(new() { Type = FieldType.Integer }, value => value is null || IsInteger(value))
            .ToApiError(value => $"invalid literal for int() with base 10: '{value}'");

    /// <summary>A whole number between two bounds, both included.</summary>
    public static IRuleBuilderOptions<T, string?> Between<T>(
        this IRuleBuilder<T, string?> rule, int min, int max, MessagingError error) =>
        rule.Must(
            new() { Type = FieldType.Integer, Min = min, Max = max },
            value => value is null || (TryInteger(value, out var number) && number >= min && number <= max))
            .ToApiError(error);

    /// <summary>An absolute http or https URL, or empty.</summary>
    public static IRuleBuilderOptions<T, string?> Url<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(new() { Format = "uri" }, value => string.IsNullOrEmpty(value) || HttpUrl.IsValid(value));

    /// <summary>An absolute http or https URL, or empty; anything else is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> Url<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.Url().ToApiError(value => $"{name} '{value}' is not a valid URL");

    /// <summary>An HTTP method: <c>GET</c> or <c>POST</c>, or empty for the default.</summary>
    public static IRuleBuilderOptions<T, string?> HttpMethod<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(
            FieldShape.OneOf(["GET", "POST"]),
            value => string.IsNullOrEmpty(value) || value.ToUpperInvariant() is "GET" or "POST");

    /// <summary>An HTTP method, or empty for the default; anything else is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> HttpMethod<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.HttpMethod().ToApiError(value => $"{name} must be GET or POST, not '{value}'");

    /// <summary>At most so many UTF-16 units.</summary>
    public static IRuleBuilderOptions<T, string?> AtMost<T>(this IRuleBuilder<T, string?> rule, int length) =>
        rule.Must(new() { MaxLength = length }, value => value is null || value.Length <= length);

    /// <summary>At most so many UTF-16 units; more are refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> AtMost<T>(
        this IRuleBuilder<T, string?> rule, string name, int length) =>
        rule.AtMost(length).ToApiError(_ => $"{name} exceeds {length} characters");

    /// <summary>A SID with the given prefix, or empty.</summary>
    public static IRuleBuilderOptions<T, string?> SidOf<T>(this IRuleBuilder<T, string?> rule, string prefix) =>
        rule.Must(
            FieldShape.SidOf(prefix), value => string.IsNullOrEmpty(value) || Sid.TryParseAs(prefix, value, out _));

    /// <summary>A SID with the given prefix, or empty; anything else is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> SidOf<T>(
        this IRuleBuilder<T, string?> rule, string name, string prefix) =>
        rule.SidOf(prefix).ToApiError(value => $"{name} '{value}' is not a valid SID");

    /// <summary>A SID with any prefix, or empty; anything else is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> AnySid<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.Must(
            FieldShape.SidOf("[A-Z]{2}"), value => string.IsNullOrEmpty(value) || Sid.TryParse(value, null, out _))
            .ToApiError(value => $"{name} '{value}' is not a valid SID");

    /// <summary>Two letters of ISO 3166 that name a country, in any case, or empty.</summary>
    public static IRuleBuilderOptions<T, string?> Country<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.Must(
            new() { Pattern = "^[A-Za-z]{2}$" },
            value => string.IsNullOrEmpty(value) || CountryCode.TryParse(value, out _))
            .ToApiError(value => $"{name} '{value}' is not the two letters of a country");

    /// <summary>One of the given words, in any case.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(
        this IRuleBuilder<T, string?> rule, params IReadOnlyCollection<string> words) =>
        rule.Must(
            FieldShape.OneOf(words),
            value => value is null || words.Contains(value, StringComparer.OrdinalIgnoreCase));

    /// <summary>At most so many items; null is none.</summary>
    public static IRuleBuilderOptions<T, string[]?> AtMostItems<T>(
        this IRuleBuilder<T, string[]?> rule, int max) =>
        rule.Must(new() { MaxItems = max }, items => items is null || items.Length <= max);

    /// <summary>Absolute http or https URLs; empty ones are ignored.</summary>
    public static IRuleBuilderOptions<T, string[]?> Urls<T>(this IRuleBuilder<T, string[]?> rule) =>
        rule.Must(new() { Format = "uri" },
            urls => urls is null || urls.All(url => string.IsNullOrEmpty(url) || HttpUrl.IsValid(url)));

    private static bool IsInteger(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryInteger(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
