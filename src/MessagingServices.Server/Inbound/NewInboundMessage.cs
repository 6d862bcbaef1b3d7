namespace MessagingServices.Server.Inbound;

/// <summary>
/// A message that a handset sends. The formats of its fields have been validated. Its addresses have not been checked
/// yet.
/// </summary>
/// <param name="From">The handset as the request contains it.</param>
/// <param name="To">The receiving sender as the request contains it.</param>
/// <param name="Body">The text; empty for a message without text.</param>
internal sealed record NewInboundMessage(Sid AccountSid, string From, string To, string Body)
{
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>The pictures and other files that the handset sends itself, instead of URLs.</summary>
    public IReadOnlyList<HandsetFile> Files { get; init; } = [];

    /// <summary>
    /// Webhook parameters that only some channels have. <see cref="HandsetParameters.Names"/> lists their names.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];
}

/// <summary>A file that a handset sends.</summary>
/// <param name="ContentType">Its media type, as the handset says.</param>
/// <param name="Bytes">The file.</param>
internal sealed record HandsetFile(string ContentType, ReadOnlyMemory<byte> Bytes);
