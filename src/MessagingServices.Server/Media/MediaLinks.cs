namespace MessagingServices.Server.Media;

/// <summary>The links that the MMS Converter makes of media.</summary>
internal sealed class MediaLinks(PublicUrl publicUrl, MediaLinkOptions options)
{
    /// <summary>The path, on this server, under which media are served by what stands behind the prefix of links.</summary>
    public const string Path = "/m/";

    /// <summary>The text of an SMS with a link to each of so many media, and what stands for them in the links.</summary>
    public (string Text, IReadOnlyList<string> Tokens) Convert(string body, int media)
    {
        var prefix = options.LinkPrefix ?? publicUrl.Value + Path;
        IReadOnlyList<string> tokens = [.. Enumerable.Range(0, media).Select(_ => SidSource.NewLinkToken())];
        return (MmsConverter.Text(body, tokens.Select(token => prefix + token)), tokens);
    }
}

/// <summary>What links begin with: the section <c>MmsConverter</c>.</summary>
/// <param name="LinkPrefix">What stands before the characters that are drawn for a medium; null for <see cref="MediaLinks.Path"/> of this server.</param>
internal sealed record MediaLinkOptions(string? LinkPrefix)
{
    private const int MaxLength = 200;

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">The prefix does not begin an http or https URL.</exception>
    internal static MediaLinkOptions Read(IConfiguration configuration)
    {
        var prefix = configuration["MmsConverter:LinkPrefix"];
        if (string.IsNullOrEmpty(prefix)) return new((string?)null);
        return prefix.Length <= MaxLength && !prefix.Any(char.IsWhiteSpace) && Uri.TryCreate(prefix + "0000000", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            ? new(prefix)
            : throw new StartupException($"MmsConverter:LinkPrefix is '{prefix}': write the beginning of a URL, such as https://p.example.com/.");
    }
}
