using System.Text.Json;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>A list of consents to record.</summary>
internal sealed record BulkConsentsForm
{
    /// <summary>
    /// A consent as a JSON object; repeated for up to 1,000. Members: contact_id (E.164; with whatsapp: for a Messaging
    /// Service on WhatsApp), correlation_id (32 hexadecimal digits), sender_id (a Messaging Service's SID, or a phone
    /// number, short code, RCS or WhatsApp sender), status (opt-in or opt-out), source (website, offline,
    /// opt-in-message, opt-out-message or others) and optionally date_of_consent (ISO 8601). Of several about one
    /// recipient and sender the last holds. Required.
    /// </summary>
    public string[]? Items { get; init; }

    /// <summary>The items, not checked yet.</summary>
    /// <exception cref="TwilioException">20001 when one is no JSON object.</exception>
    internal IReadOnlyList<ConsentItem> ToItems() => [.. Items!.Select(Read)];

    private static ConsentItem Read(string text, int index)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
            if (document.RootElement is { ValueKind: JsonValueKind.Object } item)
                return new(Text("contact_id"), Text("correlation_id"), Text("sender_id"), Text("status"),
                    Text("source"), Text("date_of_consent"));

            // A value that is no text is as wrong as another text.
            string? Text(string name) => !document.RootElement.TryGetProperty(name, out var member)
                || member.ValueKind == JsonValueKind.Null ? null
                : member.ValueKind == JsonValueKind.String ? member.GetString() : member.GetRawText();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A text with half a character is JSON, but cannot be read.
        }

        throw new TwilioException(
            MessagingError.BadParameter.ToApiError($"Items: the item at {index} is not a JSON object"));
    }
}

/// <summary>There must be some.</summary>
internal sealed class BulkConsentsRules : AbstractValidator<BulkConsentsForm>
{
    public BulkConsentsRules() => RuleFor(form => form.Items)
        .Must(new() { IsRequired = true, MinItems = 1 }, items => items is { Length: > 0 })
        .WithState(_ =>
            MessagingError.BadParameter.ToApiError(
                $"Missing required parameter {nameof(BulkConsentsForm.Items)} in the post body"));
}

/// <summary>The results of the items.</summary>
internal sealed record BulkConsentsResource
{
    /// <summary>One for each item, in their order.</summary>
    public required IReadOnlyList<ConsentResultResource> Items { get; init; }
}

/// <summary>The result of an item.</summary>
internal sealed record ConsentResultResource
{
    /// <summary>The item's own.</summary>
    public required string? CorrelationId { get; init; }

    /// <summary>The error code: 0 when the item is recorded, 30646 when it has errors.</summary>
    public required int ErrorCode { get; init; }

    /// <summary>Its errors, for example INVALID_CONTACT_ID; empty when it is recorded.</summary>
    public required IReadOnlyList<string> ErrorMessages { get; init; }

    internal static ConsentResultResource Of(ConsentItem item, IReadOnlyList<string> errors) => new()
    {
        CorrelationId = item.CorrelationId,
        ErrorCode = errors.Count > 0 ? MessagingError.ConsentRefused.Code : 0,
        ErrorMessages = errors,
    };
}
