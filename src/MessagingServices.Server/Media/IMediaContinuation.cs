using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Media;

/// <summary>What a message does once its media have been fetched. Outbound and inbound messages have one each.</summary>
internal interface IMediaContinuation
{
    /// <summary>Whether it is for such messages.</summary>
    bool Takes(QueuedMedia entry);

    /// <summary>Moves the message on, in the transaction that stores its media.</summary>
    /// <param name="work">The transaction; it has locked the message.</param>
    /// <param name="fetched">The message and its media.</param>
    /// <param name="now">The emulator's time for the message.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task ContinueAsync(MessageTransaction work, MessageWithMedia fetched, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>A message whose media were fetched.</summary>
/// <param name="Entry">Its place in the media queue.</param>
/// <param name="Message">The message.</param>
/// <param name="Error">What an outbound message fails with; null when all its media are stored.</param>
/// <param name="Media">The stored media items, in the order of the message's URLs.</param>
internal sealed record MessageWithMedia(QueuedMedia Entry, Message Message, MessagingError? Error, IReadOnlyList<StoredMedia> Media);
