using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Media;

/// <summary>Where the bytes of media are.</summary>
[Section("Media", "Where the bytes of media are.", See = "media.md#where-the-bytes-are")]
internal sealed class MediaOriginOptions : IValidatableObject
{
    [Setting("The scheme, host and port of the URLs that media redirect to. Another origin than that of the API, which "
        + "must lead to this server too, behaves like Twilio's: it refuses credentials.",
        Default = "the address that the request came to", Values = "an origin, such as `http://127.0.0.1:8080`")]
    public string? Origin { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Origin)) yield break;
        if (!Uri.TryCreate(Origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || !Origin.TrimEnd('/').Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
            yield return new("write a scheme, a host and a port, such as http://127.0.0.1:8080", [nameof(Origin)]);
    }
}
