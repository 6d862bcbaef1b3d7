using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Releases messages from the memory of a server. A message that the database rejects must not hold up the others: a
/// batch that fails is halved, and a message that fails alone, three times in a row, is quarantined.
/// </summary>
internal sealed class ReleaseBatch(ReleaseStatements statements, Quarantine quarantine)
{
    /// <summary>Releases these messages, if they are the server's; returns their number.</summary>
    public async Task<int> ReleaseAsync(Guid owner, IReadOnlyList<Sid> messages, CancellationToken cancellation)
    {
        for (var attempt = 1; messages.Count > 0; attempt++)
        {
            try
            {
                return await statements.ReleaseAsync(owner, messages, cancellation);
            }
            catch (Exception failure) when (messages.Count > 1 && BatchStage.IsPoisonMessage(failure))
            {
                var half = messages.Count / 2;
                return await ReleaseAsync(owner, [.. messages.Take(half)], cancellation)
                    + await ReleaseAsync(owner, [.. messages.Skip(half)], cancellation);
            }
            catch (Exception failure) when (BatchStage.IsPoisonMessage(failure))
            {
                if (attempt < BatchStage.Tries) continue;
                await quarantine.AddAsync(new OwnerMemory(owner), messages[0], failure);
                return 1;
            }
        }

        return 0;
    }
}
