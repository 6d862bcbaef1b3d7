using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Throughput;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Stores new messages, and lets each wait for its first stage: in this server's memory or in a queue.
/// </summary>
internal sealed class NewMessages(
    NpgsqlDataSource database, WriteBatches batches, OwnedMessages memory, ThroughputOptions throughput,
    CommitEffects effects)
{
    /// <summary>Takes a message into memory, before it is stored; null if it will wait in a queue.</summary>
    public OwnedMessage? TryOwn(Message message) =>
        // The other messages wait for their time, for their media or for their sender's slot.
        !throughput.Simulate && message is { Status: MessageStatus.Accepted or MessageStatus.Queued }
        && message.MediaUrls.Count == 0 && memory.TryAdd(message, out var owned) ? owned : null;

    /// <summary>Gives up messages that are not stored, or maybe are.</summary>
    public void Release(IReadOnlyCollection<PendingMessage> pending)
    {
        memory.Release(pending.Where(message => message.Owned is not null).Select(message => message.Message.Sid));
        effects.Doubt(pending.Select(message => message.Message));
    }

    /// <summary>Saves messages in one implicit transaction, and wakes their stages.</summary>
    /// <param name="pending">The messages.</param>
    /// <param name="maybeStored">Whether an earlier commit may have stored them.</param>
    public async Task SaveAsync(IReadOnlyList<PendingMessage> pending, bool maybeStored)
    {
        var batch = batches.New(maybeStored);
        foreach (var message in pending) batch.Send(message.Message, message.Owned is null ? null : memory.Node);
        await using var connection = await database.OpenConnectionAsync();
        StandbyWarnings.Watch(connection);
        await batch.SaveAsync(connection, CancellationToken.None);
        effects.Publish(batch);
        memory.Start(pending.Select(message => message.Owned).OfType<OwnedMessage>());
        effects.Wake(batch);
    }
}

/// <summary>A message that is being stored.</summary>
/// <param name="Owned">Its place in this server's memory; null if it waits in a queue.</param>
/// <param name="Committed">Ends with its commit.</param>
/// <param name="TraceStart">The start of its span.</param>
/// <param name="Since">When it came, as a timestamp.</param>
internal sealed record PendingMessage(
    Message Message, OwnedMessage? Owned, TaskCompletionSource Committed, TraceStart TraceStart, long Since);
