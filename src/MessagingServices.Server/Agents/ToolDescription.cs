using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol.Protocol;

namespace MessagingServices.Server.Agents;

/// <summary>What agents read of a tool before they call it.</summary>
/// <param name="Name">The name by which it is called.</param>
/// <param name="Title">A name for people.</param>
/// <param name="Text">What it does, for models.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">The type of its results.</param>
internal sealed partial record ToolDescription(
    string Name, string Title, string Text, IReadOnlyList<ToolParameter> Parameters, Type Result)
{
    /// <summary>Whether it only reads.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether it waits as long as its work takes, and not at most for the time of other requests.</summary>
    public bool TakesLong { get; init; }

    /// <summary>An error text of the API, with this tool's names for the fields of forms.</summary>
    public string Rename(string error) => ValueOrName.Replace(error, match =>
        Parameters.FirstOrDefault(parameter => parameter.Field == match.Value)?.Name ?? match.Value);

    /// <summary>An error text without the quoted values that were sent.</summary>
    public static string WithoutValues(string error) =>
        ValueOrName.Replace(error, match => match.Value[0] == '\'' ? "" : match.Value);

    /// <summary>The tool as the protocol describes it.</summary>
    public Tool ToProtocol()
    {
        JsonObject properties = new(Parameters.Select(parameter =>
            KeyValuePair.Create(parameter.Name, (JsonNode?)parameter.ToSchema())));
        JsonObject input = new()
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        JsonNode[] required =
            [.. Parameters.Where(parameter => parameter.IsRequired).Select(parameter => (JsonNode)parameter.Name)];
        if (required.Length > 0) input["required"] = new JsonArray(required);
        return new()
        {
            Name = Name,
            Title = Title,
            Description = Text,
            InputSchema = JsonSerializer.SerializeToElement(input),
            OutputSchema = JsonSerializer.SerializeToElement(ResultSchema.Of(Result)),
            Annotations = new()
            {
                Title = Title, ReadOnlyHint = IsReadOnly, DestructiveHint = false, OpenWorldHint = false,
            },
        };
    }

    /// <summary>A value in quotes, or a word that begins as the fields of the API.</summary>
    [GeneratedRegex(@"'[^']*'|\b[A-Z]\w*")]
    private static partial Regex ValueOrName { get; }
}

/// <summary>A parameter of a tool.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it means, for models.</param>
/// <param name="Types">The types of JSON that it takes.</param>
internal sealed record ToolParameter(string Name, string Text, params IReadOnlyList<string> Types)
{
    /// <summary>The field of the API's form that it becomes. The form's errors name this field.</summary>
    public string Field { get; init; } = $"{char.ToUpperInvariant(Name[0])}{Name[1..]}";

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>All values that are good; none for any value.</summary>
    public IReadOnlyCollection<string> Words { get; init; } = [];

    /// <summary>A text.</summary>
    public static ToolParameter OfText(string name, string text) => new(name, text, "string");

    /// <summary>A text that must be given.</summary>
    public static ToolParameter Required(string name, string text) => OfText(name, text) with { IsRequired = true };

    /// <summary>Its JSON Schema.</summary>
    public JsonObject ToSchema()
    {
        JsonObject schema = new() { ["description"] = Text };
        schema["type"] = Types is [var only] ? only : new JsonArray([.. Types.Select(type => (JsonNode)type)]);
        if (Words.Count > 0) schema["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]);
        return schema;
    }
}
