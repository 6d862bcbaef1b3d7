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
    /// <exception cref="StartupException">
    /// The JSON is malformed, or the API would reject a resource. The message contains the place.
    /// </exception>
    public static SeedContent Read(string name, string json)
    {
        var root = Parse(name, json);
        foreach (var (member, _) in root)
        {
            if (member is not (PhoneNumbers or ShortCodes or ChannelSenders or MessagingServices))
                throw SeedContent.Wrong(name, member,
                    $"not known; a seed has {PhoneNumbers}, {ShortCodes}, {ChannelSenders} and {MessagingServices}");
        }

        return new(name,
            [.. Objects(name, root, PhoneNumbers).Select(item =>
                Form(name, item.Place, item.Members, new CreatePhoneNumberRules()))],
            [.. Objects(name, root, ShortCodes).Select(item =>
                Form(name, item.Place, item.Members, new CreateShortCodeRules()))],
            [.. Objects(name, root, ChannelSenders).Select(item =>
                SeededChannelSenders.Read(name, item.Place, item.Members))],
            [.. Objects(name, root, MessagingServices).Select(item => Service(name, item.Place, item.Members))]);
    }

    private static JsonObject Parse(string name, string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Syntax) as JsonObject
                ?? throw SeedContent.Wrong(name, "line 1", "an object in braces was expected");
        }
        catch (JsonException malformed)
        {
            var reason = malformed.Message.Split(" LineNumber")[0].TrimEnd('.');
            throw SeedContent.Wrong(name, $"line {(malformed.LineNumber ?? 0) + 1}", $"not JSON ({reason})");
        }
    }

    private static IEnumerable<(string Place, JsonObject Members)> Objects(
        string name, JsonObject root, string member) =>
        List(name, member, root[member])
            .Select((item, index) => (Place: $"{member}[{index}]", Item: item))
            .Select(entry => (entry.Place, entry.Item as JsonObject
                ?? throw SeedContent.Wrong(name, entry.Place, "an object in braces was expected")));

    private static JsonArray List(string name, string place, JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list,
        _ => throw SeedContent.Wrong(name, place, "a list in brackets was expected"),
    };

    private static SeededService Service(string name, string place, JsonObject members)
    {
        var senders = List(name, $"{place}.{Senders}", members[Senders])
            .Select((sender, index) => sender?.GetValueKind() == JsonValueKind.String
                ? sender.GetValue<string>()
                : throw SeedContent.Wrong(name, $"{place}.{Senders}[{index}]", "an address in quotes was expected"))
            .ToList();
        members.Remove(Senders);
        return new(Form(name, place, members, new CreateServiceRules()), senders);
    }

    private static Seeded<TForm> Form<TForm>(
        string name, string place, JsonObject members, AbstractValidator<TForm> rules) where TForm : new()
    {
        var form = new TForm();
        foreach (var (member, value) in members)
        {
            var parameter = typeof(TForm).GetProperty(member)
                ?? throw SeedContent.Wrong(name, $"{place}.{member}", "not a create parameter of this resource");
            parameter.SetValue(form, Text(name, $"{place}.{member}", value));
        }

        return rules.Validate(form).Errors is [{ CustomState: ApiError error }, ..]
            ? throw SeedContent.Wrong(name, place, error.Message)
            : new(place, form);
    }

    private static string? Text(string name, string place, JsonNode? value) => value?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.String when !value.GetValue<string>().Contains('\0', StringComparison.Ordinal) =>
            value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => throw SeedContent.Wrong(name, place, "a text, a number, true or false was expected"),
    };
}
