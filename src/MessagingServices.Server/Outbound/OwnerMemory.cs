using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Outbound;

/// <summary>The memory of a server, from which a message cannot be released.</summary>
internal sealed class OwnerMemory(Guid owner) : IMessageHolder
{
    /// <inheritdoc/>
    public string Name => $"the memory of server {owner}";

    /// <inheritdoc/>
    public async Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation)
    {
        await ((NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
            .LockNodeAsync(owner, cancellation);
        return await db.OwnedMessages.AnyAsync(
            entry => entry.MessageSid == message && entry.Owner == owner, cancellation);
    }

    /// <inheritdoc/>
    public void Remove(WriteBatch batch, Sid message) => batch.Part<OwnedRows>().Remove(message);
}
