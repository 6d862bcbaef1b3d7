using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Media;

/// <summary>The base URL of the links of the MMS Converter.</summary>
[Section("MmsConverter", "The links that replace the media of an MMS in an SMS.", See = "media.md#mms-converter")]
internal sealed class MediaLinkOptions : IValidatableObject
{
    private const int MaxLength = 200;

    /// <summary>Empty or null for <see cref="MediaLinks.Path"/> of this server.</summary>
    [Setting("What comes before the seven characters of a link to a media item. It must lead to `/m/` of this server.",
        Default = "`{PublicUrl}/m/`", Values = "the beginning of an http or https URL, at most 200 characters")]
    public string? LinkPrefix { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(LinkPrefix)) yield break;
        if (LinkPrefix.Length > MaxLength || LinkPrefix.Any(char.IsWhiteSpace)
            || !Uri.TryCreate(LinkPrefix + "0000000", UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https"))
            yield return new("write the beginning of a URL, such as https://p.example.com/", [nameof(LinkPrefix)]);
    }
}
