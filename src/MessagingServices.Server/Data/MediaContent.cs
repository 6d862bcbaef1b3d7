





namespace MessagingServices.Server.Data;

/// <summary>The bytes of a medium: the other half of the row of a <see cref="StoredMedia"/>, which is never read along with it.</summary>
internal sealed class MediaContent
{
    /// <summary>The medium.</summary>
    public Sid Sid { get; init; }

    /// <summary>What was fetched. Read in pieces, never as a whole.</summary>
    public byte[] Bytes { get; init; } = [];
}
