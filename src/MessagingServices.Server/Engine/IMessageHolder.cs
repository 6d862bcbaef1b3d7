namespace MessagingServices.Server.Engine;

/// <summary>Where messages wait for their next step: the queue of a stage, or the memory of a server.</summary>
internal interface IMessageHolder
{
    /// <summary>The name, for logs.</summary>
    string Name { get; }

    /// <summary>Locks the row of a message that waits here. False when the message no longer does.</summary>
    Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation);

    /// <summary>Removes a message from here.</summary>
    void Remove(WriteBatch batch, Sid message);
}
