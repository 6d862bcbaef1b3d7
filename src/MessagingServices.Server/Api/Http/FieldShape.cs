namespace MessagingServices.Server.Api.Http;

/// <summary>What the text of a field is.</summary>
internal enum FieldType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>
/// Which values of a field are good, for the API's description. Rules have one (see <see cref="FieldRule{T,TValue}"/>),
/// so the description says what the server checks. For a list, the shape is that of its items.
/// </summary>
internal sealed record FieldShape
{
    /// <summary>The shape of a field that must be given.</summary>
    public static readonly FieldShape Required = new() { IsRequired = true };

    /// <summary>The field must be given, and not be empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What its text is.</summary>
    public FieldType Type { get; init; }

    /// <summary>A format of OpenAPI, such as <c>uri</c> or <c>date-time</c>.</summary>
    public string? Format { get; init; }

    /// <summary>A regular expression of JSON Schema.</summary>
    public string? Pattern { get; init; }

    /// <summary>All values that are good; none for any value.</summary>
    public IReadOnlyCollection<string> Words { get; init; } = [];

    /// <summary>The least number.</summary>
    public decimal? Min { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal? Max { get; init; }

    /// <summary>The least number of characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest number of characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least number of items of a list.</summary>
    public int? MinItems { get; init; }

    /// <summary>The greatest number of items of a list.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The shape of one of these words. An empty word clears the field, as it does for other fields.</summary>
    public static FieldShape OneOf(IEnumerable<string> words) =>
        new() { Words = [.. words.Where(word => word.Length > 0)] };

    /// <summary>The shape of a SID with a prefix.</summary>
    public static FieldShape SidOf(string prefix) => new() { Pattern = $"^{prefix}[0-9a-fA-F]{{32}}$" };

    /// <summary>What both shapes say; where both say something, the other one is right.</summary>
    public FieldShape And(FieldShape other) => new()
    {
        IsRequired = IsRequired || other.IsRequired,
        Type = other.Type == FieldType.Text ? Type : other.Type,
        Format = other.Format ?? Format,
        Pattern = other.Pattern ?? Pattern,
        Words = other.Words.Count > 0 ? other.Words : Words,
        Min = other.Min ?? Min,
        Max = other.Max ?? Max,
        MinLength = other.MinLength ?? MinLength,
        MaxLength = other.MaxLength ?? MaxLength,
        MinItems = other.MinItems ?? MinItems,
        MaxItems = other.MaxItems ?? MaxItems,
    };
}

/// <summary>The shape of a member that no rule tells: of a filter without rules, or of a response.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShapeAttribute : Attribute
{
    /// <inheritdoc cref="FieldShape.IsRequired"/>
    public bool IsRequired { get; init; }

    /// <inheritdoc cref="FieldShape.Type"/>
    public FieldType Type { get; init; }

    /// <inheritdoc cref="FieldShape.Format"/>
    public string? Format { get; init; }

    /// <inheritdoc cref="FieldShape.Pattern"/>
    public string? Pattern { get; init; }

    /// <inheritdoc cref="FieldShape.Words"/>
    public string[] Words { get; init; } = [];

    /// <inheritdoc cref="FieldShape.MaxLength"/>
    /// <remarks>Negative for none.</remarks>
    public int MaxLength { get; init; } = -1;

    /// <summary>The same as a shape.</summary>
    public FieldShape ToShape() => new()
    {
        IsRequired = IsRequired,
        Type = Type,
        Format = Format,
        Pattern = Pattern,
        Words = Words,
        MaxLength = MaxLength < 0 ? null : MaxLength,
    };
}
