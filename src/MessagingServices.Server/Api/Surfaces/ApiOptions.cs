using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>Who may call the server.</summary>
[Section("Api", "Who may call while the default Auth Token holds, which everybody knows. With another token, any "
    + "host name is served and any origin may call.", See = "security.md#while-the-default-token-holds")]
internal sealed class ApiOptions : IValidatableObject
{
    [Setting("Web origins that may call the server, besides those of this machine.",
        Default = "none", Values = "a list, or a text with commas, of origins like `https://app.example.com`")]
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    [Setting("Host names by which clients may call the server, besides IP addresses and names that nobody can "
        + "register.",
        Default = "none", Values = "a list, or a text with commas, of names like `messaging.example.com`")]
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
                || !origin.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
            {
                yield return new(
                    $"Api:AllowedOrigins names '{origin}': write each origin like https://app.example.com, with "
                    + "nothing after the host and the port.");
            }
        }

        foreach (var host in AllowedHosts)
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                yield return new(
                    $"Api:AllowedHosts names '{host}': write each name without a scheme and a port, such as "
                    + "messaging.example.com.");
            }
        }
    }
}
