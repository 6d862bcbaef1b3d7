using MessagingServices.Domain;
using MessagingServices.Domain.Media;

namespace MessagingServices.Server.Persistence;

/// <summary>The bytes of a medium: the other half of the row of a <see cref="StoredMedia"/>, which is never read along with it.</summary>
public sealed class MediaContent
{
    /// <summary>The medium.</summary>
    public Sid Sid { get; init; }

    /// <summary>What was fetched. Read in pieces by <see cref="Batches.MediaBytes"/>.</summary>
    public byte[] Bytes { get; init; } = [];
}
