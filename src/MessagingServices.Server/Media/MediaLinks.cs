namespace MessagingServices.Server.Media;

/// <summary>Creates the links that replace media when the MMS Converter sends an MMS as an SMS.</summary>
internal sealed class MediaLinks(PublicUrl publicUrl, MediaLinkOptions options)
{
    /// <summary>The path on this server, followed by a link's token, that serves a media item.</summary>
    public const string Path = "/m/";

    /// <summary>Returns the text of the SMS with one link per media item, and the tokens of the links.</summary>
    /// <param name="media">The number of media items.</param>
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
