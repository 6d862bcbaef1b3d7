namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A message that one server moves from its memory, from the acceptance until its last status callback is recorded. It
/// waits in no other queue. When the server leaves or fails, another one puts the message back into the queues.
/// </summary>
internal sealed class MessageOwnership
{
    public Sid MessageSid { get; init; }

    /// <summary>The <see cref="ServerNode"/> that has the message in its memory.</summary>
    public Guid Owner { get; init; }
}
