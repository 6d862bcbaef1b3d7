using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Media;

/// <summary>
/// Continues the processing of a message after its media have been fetched. There is one implementation for outbound
/// messages and one for inbound messages.
/// </summary>
internal interface IMediaContinuation
{
    /// <summary>Whether this implementation continues the message. Exactly one must.</summary>
    bool AppliesTo(QueuedMedia entry);

    /// <summary>Continues the message, in the transaction that stores its media.</summary>
    /// <param name="work">The transaction. It has locked the message.</param>
    /// <param name="now">The emulator's time for the message.</param>
    Task ContinueAsync(
        MessageTransaction work, MessageWithMedia fetched, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>A message whose media have been fetched.</summary>
/// <param name="Entry">The message's entry in the media queue.</param>
/// <param name="Error">
/// The error with which an outbound message fails; null when all its media are stored, and for inbound messages.
/// </param>
/// <param name="Media">The stored media items, in the order of the message's URLs.</param>
internal sealed record MessageWithMedia(
    QueuedMedia Entry, Message Message, MessagingError? Error, IReadOnlyList<StoredMedia> Media);
