using System.Globalization;

namespace MessagingServices.Server.Api.Http;

/// <summary>Takes checked fields over: absent keeps, empty clears.</summary>
internal static class FormValue
{
    /// <summary>A text that cannot be cleared.</summary>
    public static string OrKeep(this string? field, string present) => string.IsNullOrEmpty(field) ? present : field;

    /// <summary>A text or URL that can be cleared.</summary>
    public static string? OrKeepNullable(this string? field, string? present) =>
        field is null ? present : field.Length == 0 ? null : field;

    public static bool OrKeep(this string? field, bool present) => field is null ? present : bool.Parse(field);

    /// <summary>A whole number.</summary>
    public static int OrKeep(this string? field, int present) =>
        field is null ? present : int.Parse(field, CultureInfo.InvariantCulture);

    /// <summary>An HTTP method; empty means the default, <c>POST</c>.</summary>
    public static string OrKeepMethod(this string? field, string present) =>
        field is null ? present : field.Length == 0 ? "POST" : field.ToUpperInvariant();

    /// <summary>A word of an enum, in snake case.</summary>
    public static T OrKeep<T>(this string? field, T present) where T : struct, Enum =>
        field is null ? present : EnumNames<T>.Parse(field.ToLowerInvariant());

    /// <summary>The ISO 3166 code of a country in capital letters; null when none is named.</summary>
    public static string? ToCountry(this string? field) =>
        CountryCode.TryParse(field, out var country) ? country : null;
}
