namespace MessagingServices.Server.Media;

/// <summary>The links that the MMS Converter makes of media.</summary>
internal sealed class MediaLinks(PublicUrl publicUrl, MediaLinkOptions options)
{
    /// <summary>The path, on this server, under which media are served by what stands behind the prefix of links.</summary>
    public const string Path = "/m/";

    /// <summary>The text of an SMS with a link to each of so many media, and what stands for them in the links.</summary>
    public (string Text, IReadOnlyList<string> Tokens) Convert(string body, int media)
    {
        var prefix = string.IsNullOrEmpty(options.LinkPrefix) ? publicUrl.Value + Path : options.LinkPrefix;
        IReadOnlyList<string> tokens = [.. Enumerable.Range(0, media).Select(_ => SidSource.NewLinkToken())];
        return (MmsConverter.Text(body, tokens.Select(token => prefix + token)), tokens);
    }
}
