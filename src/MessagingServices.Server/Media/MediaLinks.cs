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
        var prefix = string.IsNullOrEmpty(options.LinkPrefix) ? publicUrl.Value + Path : options.LinkPrefix;
        IReadOnlyList<string> tokens = [.. Enumerable.Range(0, media).Select(_ => SidSource.NewLinkToken())];
        return (MmsConverter.Text(body, tokens.Select(token => prefix + token)), tokens);
    }
}
