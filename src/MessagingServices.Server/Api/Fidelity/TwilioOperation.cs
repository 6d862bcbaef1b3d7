using System.Text.RegularExpressions;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>What the server does with an operation of Twilio's.</summary>
internal enum OperationStatus
{
    /// <summary>It is answered with 501.</summary>
    Refused,

    /// <summary>It is stored and shown, without effect.</summary>
    ShapeOnly,

    /// <summary>It has the effect that Twilio documents.</summary>
    Behaves,
}

/// <summary>An operation that Twilio has.</summary>
/// <param name="Product">The product, such as <c>messaging</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path on the product's host, as Twilio's specification has it.</param>
/// <param name="Parameters">The names of its parameters in query, form, JSON object and headers.</param>
internal sealed partial record TwilioOperation(
    string Product, string Method, string Path, IReadOnlyList<string> Parameters)
{
    /// <summary>
    /// The operationId of Twilio's specification, with the product (and the version) before it where several operations
    /// have the same; null when no specification has the operation.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>What the server does with it.</summary>
    public OperationStatus Status { get; init; }

    /// <summary>Its parameters that the server takes, and that have no effect.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>
    /// The pattern of its route. Products other than api and messaging have a prefix. The account in a path has the
    /// name that authentication knows.
    /// </summary>
    public string Pattern
    {
        get
        {
            var path = Path.Replace("/Accounts/{Sid}", "/Accounts/{AccountSid}", StringComparison.Ordinal);
            return Product is TwilioProducts.Api or TwilioProducts.Messaging ? path : $"/{Product}{path}";
        }
    }

    /// <summary>What its route is found by, whatever the names of the values in the pattern.</summary>
    public string Key => KeyOf(Method, Pattern);

    /// <summary>The key of a route.</summary>
    public static string KeyOf(string method, string pattern) =>
        $"{method} /{Values.Replace(pattern.TrimStart('/'), "{}")}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Values { get; }
}
