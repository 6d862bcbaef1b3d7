using System.Globalization;
using System.Text.Json;

namespace MessagingServices.Server.Agents;

/// <summary>
/// The arguments of a call, as the forms of the API have them: as raw texts, which the rules of a form check. Null is
/// absent.
/// </summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> values;

    /// <summary>Reads the arguments of a tool.</summary>
    /// <param name="sent">What the client has sent; null for nothing.</param>
    /// <param name="tool">The tool.</param>
    /// <exception cref="TwilioException">20001 for a parameter that the tool does not have.</exception>
    public ToolArguments(IDictionary<string, JsonElement>? sent, ToolDescription tool)
    {
        values = (sent ?? new Dictionary<string, JsonElement>())
            .Where(argument => argument.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            .ToDictionary(StringComparer.Ordinal);
        var known = tool.Parameters.Select(parameter => parameter.Name).ToList();
        if (values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw Wrong($"{tool.Name} has no parameter '{unknown}', but {string.Join(", ", known)}");
    }

    /// <summary>Whether no argument was given.</summary>
    public bool AreEmpty => values.Count == 0;

    /// <summary>Whether an argument was given.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>An argument as text: a number or a boolean as JSON writes it; null when it is absent.</summary>
    /// <exception cref="TwilioException">20001 for an object or a list, and for what is no text.</exception>
    public string? Text(string name) => values.TryGetValue(name, out var value) ? TextOf(name, value) : null;

    /// <summary>A boolean; false when it is absent.</summary>
    /// <exception cref="TwilioException">20001 for anything else.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null => false,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw Wrong($"{name} must be true or false, not '{text}'"),
    };

    /// <summary>The members of an object as texts, without those that are null; null when it is absent.</summary>
    /// <exception cref="TwilioException">20001 for anything else, and for members that are no texts.</exception>
    public IReadOnlyList<KeyValuePair<string, string>>? Fields(string name)
    {
        if (!values.TryGetValue(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Object) throw Wrong($"{name} must be an object");
        return Readable(name, () => (List<KeyValuePair<string, string>>)
        [
            .. value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
                .Select(member => KeyValuePair.Create(member.Name, TextOf($"{name}.{member.Name}", member.Value))),
        ]);
    }

    /// <summary>Whether an argument is an object.</summary>
    public bool IsObject(string name) =>
        values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Object;

    /// <summary>An argument as JSON: a text has the JSON in it; null when it is absent.</summary>
    /// <exception cref="TwilioException">20001 for what is no text.</exception>
    public string? Json(string name) =>
        values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.String
            ? value.GetRawText() : Text(name);

    /// <summary>The error for an argument that cannot be used.</summary>
    public static TwilioException Wrong(string reason) => new(MessagingError.BadParameter.ToApiError(reason));

    private static string TextOf(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Readable(name, () => value.GetString()!) is { } text
            && !text.Contains('\0', StringComparison.Ordinal) ? text : throw NoText(name),
        // Some models write 10.0 for 10.
        JsonValueKind.Number => value.TryGetDecimal(out var number) && decimal.IsInteger(number)
            ? number.ToString("0", CultureInfo.InvariantCulture) : value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined =>
            throw Wrong($"{name} must be a text, a number or a boolean"),
    };

    // JSON can write half of a surrogate pair, which is no text.
    private static T Readable<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw NoText(name);
        }
    }

    private static TwilioException NoText(string name) =>
        Wrong($"{name} is not valid UTF-8, or has a null character");
}
