using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessagingServices.Domain.Content;

/// <summary>What a value in a content type must be.</summary>
internal abstract record ContentShape
{
    /// <summary>Why the value is refused; null if it is valid.</summary>
    /// <param name="path">The place of the value, for the reason.</param>
    public abstract string? Fault(string path, JsonElement value);

    /// <summary>The value with null for each optional member that is not set, in the order of the shape.</summary>
    public virtual JsonNode? Complete(JsonNode? value) => value?.DeepClone();

    /// <summary>A text that is not empty.</summary>
    /// <param name="Max">The maximum length, in characters.</param>
    internal sealed record Text(int Max) : ContentShape
    {
        public override string? Fault(string path, JsonElement value) =>
            value.ValueKind != JsonValueKind.String ? $"{path} must be a text"
            : value.GetString()!.Length == 0 ? $"{path} must not be empty"
            : value.GetString()!.Length > Max ? $"{path} exceeds {Max} characters"
            : null;
    }

    /// <summary>A URL, in which placeholders can stand anywhere.</summary>
    /// <param name="Max">The maximum length, in characters.</param>
    internal sealed record Url(int Max) : ContentShape
    {
        public override string? Fault(string path, JsonElement value) => new Text(Max).Fault(path, value)
            ?? (Placeholders.CanBeUrl(value.GetString()!) ? null : $"{path} must be a valid URL");
    }

    /// <summary>One of some words.</summary>
    internal sealed record Word(params string[] Words) : ContentShape
    {
        public override string? Fault(string path, JsonElement value) =>
            value.ValueKind == JsonValueKind.String && Words.Contains(value.GetString())
                ? null : $"{path} must be {string.Join(", ", Words)}";
    }

    /// <summary>A number, not a text with one.</summary>
    internal sealed record Number : ContentShape
    {
        public override string? Fault(string path, JsonElement value) =>
            value.ValueKind == JsonValueKind.Number ? null : $"{path} must be a number";
    }

    /// <summary>A boolean.</summary>
    internal sealed record Flag : ContentShape
    {
        public override string? Fault(string path, JsonElement value) =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"{path} must be true or false";
    }

    /// <summary>A list.</summary>
    internal sealed record List(ContentShape Of, int Min, int Max) : ContentShape
    {
        public override string? Fault(string path, JsonElement value) =>
            value.ValueKind != JsonValueKind.Array ? $"{path} must be a list"
            : value.GetArrayLength() < Min || value.GetArrayLength() > Max ? $"{path} must have {Limits}"
            : value.EnumerateArray().Select((item, i) => Of.Fault($"{path}[{i}]", item))
                .FirstOrDefault(fault => fault is not null);

        private string Limits => Max < int.MaxValue ? $"{Min} to {Max} items"
            : Min == 1 ? "at least 1 item" : $"at least {Min} items";

        public override JsonNode? Complete(JsonNode? value) =>
            value is JsonArray list ? new JsonArray([.. list.Select(Of.Complete)]) : base.Complete(value);
    }

    /// <summary>An object with these members and no others, of which at least one is set.</summary>
    internal sealed record Object(params Member[] Members) : ContentShape
    {
        public override string? Fault(string path, JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object) return $"{path} must be an object";
            var set = value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(member => member.Name, member => member.Value);
            if (set.Count == 0) return $"{path} must not be empty";
            if (set.Keys.FirstOrDefault(name => Members.All(member => member.Name != name)) is { } unknown)
                return $"{path}.{unknown} is not a member of this type";
            foreach (var member in Members)
            {
                var isSet = set.TryGetValue(member.Name, out var item);
                if (!isSet && member.IsRequired) return $"{path}.{member.Name} is required";
                if (isSet && member.Shape.Fault($"{path}.{member.Name}", item) is { } fault) return fault;
            }

            return null;
        }

        public override JsonNode? Complete(JsonNode? value) => value is JsonObject given
            ? new JsonObject(Members.Select(member =>
                KeyValuePair.Create(member.Name, member.Shape.Complete(given[member.Name]))))
            : base.Complete(value);
    }

    /// <summary>A member of an object.</summary>
    internal sealed record Member(string Name, ContentShape Shape, bool IsRequired = false);
}
