namespace MessagingServices.Server.Data;

/// <summary>
/// The bytes of a media item. They share the row of <see cref="StoredMedia"/>, but the server never reads both
/// together.
/// </summary>
internal sealed class MediaContent
{
    public Sid Sid { get; init; }

    /// <summary>The fetched content. The server reads it in pieces, never as a whole.</summary>
    public byte[] Bytes { get; init; } = [];
}
