using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Media;

/// <summary>Where others reach this server.</summary>
[Section("", "Where others reach this server.", Title = "PublicUrl")]
internal sealed class PublicUrlOptions : IValidatableObject
{
    [Setting("Where others reach this server: the base of the URLs that the server makes without a request, such as "
        + "links to media. Give all servers of one database the same.",
        Default = "the first address that the server listens on, `localhost` for a wildcard",
        Values = "an http or https URL without query and fragment")]
    [ConfigurationKeyName("PublicUrl")]
    public string? Text { get; init; }

    /// <summary>Without a slash at the end; null when it is not set.</summary>
    internal string? Url => string.IsNullOrEmpty(Text) ? null : Text.TrimEnd('/');

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Text)) yield break;
        if (!Uri.TryCreate(Text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.Query.Length > 0 || uri.Fragment.Length > 0 || Text.Any(char.IsWhiteSpace))
        {
            yield return new(
                "write a URL with nothing behind its path, such as https://messaging.example.com", [nameof(Text)]);
        }
    }
}
