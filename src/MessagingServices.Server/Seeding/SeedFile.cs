using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Api.V2010;

namespace MessagingServices.Server.Seeding;

/// <summary>
/// Reads a seed. A seed is a JSON object with <c>phone_numbers</c>, <c>short_codes</c>, <c>channel_senders</c> and
/// <c>messaging_services</c>. Each Messaging Service has its <c>senders</c>. All other members are create parameters of
/// the API, as JSON strings, numbers or booleans. Comments and trailing commas are allowed.
/// </summary>
internal static class SeedFile
{
    private const string PhoneNumbers = "phone_numbers";
    private const string ShortCodes = "short_codes";
    private const string ChannelSenders = "channel_senders";
    private const string MessagingServices = "messaging_services";
    private const string Senders = "senders";

    private static readonly JsonDocumentOptions Syntax =
        new()
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            AllowDuplicateProperties = false,
        };

    /// <summary>Reads and validates a seed.</summary>
    /// <exception cref="WrongSeedException">
    /// The JSON is malformed, or the API would reject a resource. The message contains the place.
    /// </exception>
    public static SeedContent Read(string name, string json)
    {
        var root = Parse(json);
        CheckTexts("", root);
        foreach (var (member, _) in root)
        {
            if (member is not (PhoneNumbers or ShortCodes or ChannelSenders or MessagingServices))
                throw new WrongSeedException(member,
                    $"not known; a seed has {PhoneNumbers}, {ShortCodes}, {ChannelSenders} and {MessagingServices}");
        }

        return new(name,
            [.. Objects(root, PhoneNumbers).Select(item =>
                Form(item.Place, item.Members, new CreatePhoneNumberRules()))],
            [.. Objects(root, ShortCodes).Select(item =>
                Form(item.Place, item.Members, new CreateShortCodeRules()))],
            [.. Objects(root, ChannelSenders).Select(item =>
                SeededChannelSenders.Read(item.Place, item.Members))],
            [.. Objects(root, MessagingServices).Select(item => Service(item.Place, item.Members))]);
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return Checked("", () => JsonNode.Parse(json, documentOptions: Syntax)) as JsonObject
                ?? throw new WrongSeedException("line 1", "an object in braces was expected");
        }
        catch (JsonException malformed)
        {
            var reason = malformed.Message.Split(" LineNumber")[0].TrimEnd('.');
            throw new WrongSeedException($"line {(malformed.LineNumber ?? 0) + 1}", $"not JSON ({reason})");
        }
    }

    /// <summary>
    /// Refuses what JSON can write and no text has: half of a surrogate pair; and the character 0, which PostgreSQL
    /// does not store.
    /// </summary>
    private static void CheckTexts(string place, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (member, value) in Checked(place, () => members.ToList()))
                    CheckTexts(place.Length == 0 ? member : $"{place}.{member}", value);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++) CheckTexts($"{place}[{i}]", items[i]);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                if (Checked(place, value.GetValue<string>).Contains('\0', StringComparison.Ordinal))
                    throw new WrongSeedException(place, "a text without the character 0 was expected");
                break;
        }
    }

    private static T Checked<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new WrongSeedException(
                place.Length == 0 ? "line 1" : place, "a character that is half of a surrogate pair cannot be read");
        }
    }

    private static IEnumerable<(string Place, JsonObject Members)> Objects(
        JsonObject root, string member) =>
        List(member, root[member])
            .Select((item, index) => (Place: $"{member}[{index}]", Item: item))
            .Select(entry => (entry.Place, entry.Item as JsonObject
                ?? throw new WrongSeedException(entry.Place, "an object in braces was expected")));

    private static JsonArray List(string place, JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list,
        _ => throw new WrongSeedException(place, "a list in brackets was expected"),
    };

    private static SeededService Service(string place, JsonObject members)
    {
        var senders = List($"{place}.{Senders}", members[Senders])
            .Select((sender, index) => sender?.GetValueKind() == JsonValueKind.String
                ? sender.GetValue<string>()
                : throw new WrongSeedException($"{place}.{Senders}[{index}]", "an address in quotes was expected"))
            .ToList();
        members.Remove(Senders);
        return new(Form(place, members, new CreateServiceRules()), senders);
    }

    private static Seeded<TForm> Form<TForm>(
        string place, JsonObject members, AbstractValidator<TForm> rules) where TForm : new()
    {
        var form = new TForm();
        foreach (var (member, value) in members)
        {
            var parameter = typeof(TForm).GetProperty(member)
                ?? throw new WrongSeedException($"{place}.{member}", "not a create parameter of this resource");
            parameter.SetValue(form, Text($"{place}.{member}", value));
        }

        return rules.Validate(form).Errors is [{ CustomState: ApiError error }, ..]
            ? throw new WrongSeedException(place, error.Message)
            : new(place, form);
    }

    private static string? Text(string place, JsonNode? value) => value?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => throw new WrongSeedException(place, "a text, a number, true or false was expected"),
    };
}
