namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The method reads a header of the request. The API's description has the header in each operation whose code calls
/// the method.
/// </summary>
/// <param name="name">The header.</param>
/// <param name="description">What it means.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsHeaderAttribute(string name, string description) : Attribute
{
    /// <summary>The header.</summary>
    public string Name => name;

    /// <summary>What it means.</summary>
    public string Description => description;

    /// <summary>What its value is.</summary>
    public FieldType Type { get; init; }
}
