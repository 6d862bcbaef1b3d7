using System.Text.Json;
using FluentValidation;
using MessagingServices.Domain;
using MessagingServices.Server.Api.Wire;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>What several forms of conversations are checked for.</summary>
internal static class ConversationFormRules
{
    /// <summary>The most items of a page of conversations and of what is in them.</summary>
    public const int MaxPageSize = 100;

    private const int MaxAttributes = 16 * 1024;

    /// <summary>JSON as a text, at most 16 KiB, or empty for none; refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> Attributes<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => string.IsNullOrEmpty(value) || (value.Length <= MaxAttributes && IsJson(value)))
            .Refuse(_ => $"Attributes must be JSON of at most {MaxAttributes} characters");

    /// <summary>The SID of a Messaging Service, or empty for none; refused with code 21705.</summary>
    public static IRuleBuilderOptions<T, string?> ServiceSid<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => string.IsNullOrEmpty(value) || Sid.TryParseAs(SidPrefix.MessagingService, value, out _))
            .Refuse(MessagingError.MalformedService);

    /// <summary>The text of attributes that were checked; those of nothing are <c>{}</c>.</summary>
    public static string OrKeepAttributes(this string? field, string present) => field is null ? present : field.Length == 0 ? "{}" : field;

    /// <summary>A SID that was checked; empty clears.</summary>
    public static Sid? OrKeepSid(this string? field, Sid? present) => field is null ? present : field.Length == 0 ? null : Sid.Parse(field);

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
