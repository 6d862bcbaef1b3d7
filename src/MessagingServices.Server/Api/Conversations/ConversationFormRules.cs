using System.Text.Json;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The rules that several forms of conversations share.</summary>
internal static class ConversationFormRules
{
    /// <summary>The max items of a page of this API.</summary>
    public const int MaxPageSize = 100;

    private const int MaxAttributes = 16 * 1024;

    /// <summary>JSON as a text, at most 16 KiB, or empty for none; refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> Attributes<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => string.IsNullOrEmpty(value) || (value.Length <= MaxAttributes && IsJson(value)))
            .ToApiError(_ => $"Attributes must be JSON of at most {MaxAttributes} characters");

    /// <summary>The SID of a Messaging Service, or empty for none; refused with code 21705.</summary>
    public static IRuleBuilderOptions<T, string?> ServiceSid<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => string.IsNullOrEmpty(value) || Sid.TryParseAs(SidPrefix.MessagingService, value, out _))
            .ToApiError(MessagingError.MalformedService);

    /// <summary>Events that webhooks can ask for; anything else is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string[]?> Events<T>(this IRuleBuilder<T, string[]?> rule, string name) =>
        rule.Must(events => Unknown(events) is null)
            .WithState(
                (_, events) => MessagingError.BadParameter.ToApiError($"{name}: '{Unknown(events)}' is no event"));

    /// <summary>The events that were checked, each once.</summary>
    public static IReadOnlyList<string> OrKeepEvents(this string[]? field, IReadOnlyList<string> present) =>
        field is null ? present : [.. field.Where(name => name.Length > 0).Distinct()];

    /// <summary>
    /// Whether to notify webhooks of the change: Twilio's header <c>X-Twilio-Webhook-Enabled: true</c>.
    /// </summary>
    public static bool NotifiesWebhooks(this HttpRequest request) =>
        string.Equals(request.Headers["X-Twilio-Webhook-Enabled"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text of attributes that were checked; those of nothing are <c>{}</c>.</summary>
    public static string OrKeepAttributes(this string? field, string present) =>
        field is null ? present : field.Length == 0 ? "{}" : field;

    /// <summary>A SID that was checked; empty clears.</summary>
    public static Sid? OrKeepSid(this string? field, Sid? present) =>
        field is null ? present : field.Length == 0 ? null : Sid.Parse(field);

    private static string? Unknown(string[]? events) =>
        events?.FirstOrDefault(name => name.Length > 0 && !ConversationEvent.Types.Contains(name));

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
