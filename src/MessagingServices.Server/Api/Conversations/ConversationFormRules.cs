using System.Text.Json;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The rules that several forms of conversations share.</summary>
internal static class ConversationFormRules
{
    /// <summary>The max items of a page of this API.</summary>
    public const int MaxPageSize = 100;

    /// <summary>The max items of a page of receipts, and of a participant's conversations.</summary>
    public const int SmallMaxPageSize = 50;

    private const string WebhookHeader = "X-Twilio-Webhook-Enabled";
    private const int MaxAttributes = 16 * 1024;

    /// <summary>JSON as a text, at most 16 KiB, or empty for none; refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> Attributes<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(
            new() { MaxLength = MaxAttributes },
            value => string.IsNullOrEmpty(value) || (value.Length <= MaxAttributes && IsJson(value)))
            .ToApiError(_ => $"Attributes must be JSON of at most {MaxAttributes} characters");

    /// <summary>The SID of a Messaging Service, or empty for none; refused with code 21705.</summary>
    public static IRuleBuilderOptions<T, string?> ServiceSid<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SidOf(SidPrefix.MessagingService).ToApiError(MessagingError.MalformedService);

    /// <summary>Events that webhooks can ask for; anything else is refused with code 50365.</summary>
    public static IRuleBuilderOptions<T, string[]?> Events<T>(this IRuleBuilder<T, string[]?> rule) =>
        rule.Must(FieldShape.OneOf(ConversationEvent.Types), events => Unknown(events) is null)
            .WithState((_, events) => MessagingError.UnknownWebhookFilter.ToApiError(Unknown(events)));

    /// <summary>A date with time and zone, or empty; anything else is refused with code 20001.</summary>
    public static IRuleBuilderOptions<T, string?> Date<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.Must(
            new() { Format = "date-time" }, value => string.IsNullOrEmpty(value) || Iso8601Time.TryParse(value, out _))
            .ToApiError(value => $"{name} '{value}' is not a date with time and zone");

    /// <summary>The events, or keywords, that were checked, each once.</summary>
    public static IReadOnlyList<string> OrKeepEvents(this string[]? field, IReadOnlyList<string> present) =>
        field is null ? present : [.. field.Where(name => name.Length > 0).Distinct()];

    /// <summary>
    /// Whether to notify webhooks of the change: Twilio's header <c>X-Twilio-Webhook-Enabled</c>, <c>true</c> or
    /// <c>false</c> (default).
    /// </summary>
    /// <exception cref="TwilioException">20001 for anything else.</exception>
    [ReadsHeader(
        WebhookHeader, "Whether webhooks are notified of the change; false by default.", Type = FieldType.Boolean)]
    public static bool NotifiesWebhooks(this HttpRequest request)
    {
        var value = request.Headers[WebhookHeader].ToString();
        if (value.Length == 0) return false;
        return bool.TryParse(value, out var isEnabled)
            ? isEnabled
            : throw new TwilioException(
                MessagingError.BadParameter.ToApiError($"{WebhookHeader} must be true or false, not '{value}'"));
    }

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
