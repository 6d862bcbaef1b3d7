using System.Collections.Concurrent;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Finishes the tasks of accounts: those whose server was killed or that could not end at once, the suspensions, and
/// what requests that were under way have left behind.
/// </summary>
internal sealed class FinishAccountTasks(AccountTasks tasks, AccountWork work, TimeProvider real) : PipelineStage
{
    /// <summary>
    /// Results of webhooks are recorded, and other servers have read that an account is gone. Requests for a deleted
    /// account end by then.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SettledDeletion = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Accounts worked on at the same time: a suspension does not wait for the removal of a million messages.
    /// </summary>
    private const int AtOnce = 4;

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override bool CanWait => true;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        ConcurrentQueue<Exception> failures = new();
        var ofAccounts = (await tasks.ReadAsync(cancellation)).GroupBy(task => task.AccountSid);
        await Parallel.ForEachAsync(
            ofAccounts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (ofAccount, stopping) =>
            {
                try
                {
                    foreach (var task in ofAccount) await ContinueAsync(task, stopping);
                }
                catch (Exception failure) when (!stopping.IsCancellationRequested)
                {
                    // The tasks of other accounts must not wait for it.
                    failures.Enqueue(failure);
                }
            });
        return failures.TryPeek(out var first)
            ? throw new InvalidOperationException("A reset, deletion or suspension of an account failed", first) : 0;
    }

    private async Task ContinueAsync(AccountTask task, CancellationToken cancellation)
    {
        if (task.IsDone && !await IsSettledAsync(task, cancellation)) return;
        // Another server, or a request, has it now.
        await using var alone = await tasks.TryLockAsync(task.AccountSid, cancellation);
        if (alone is null || await tasks.FindAsync(task.Id, cancellation) is not { } current) return;
        if (!current.IsDone) await work.RunAsync(current, Patience, cancellation);
        else if (await work.FinishAsync(current, Patience, cancellation))
            await tasks.RemoveAsync(current, cancellation);
    }

    private async Task<bool> IsSettledAsync(AccountTask task, CancellationToken cancellation) =>
        real.GetUtcNow() - task.DateCreated > (task.Kind == AccountTaskKind.Delete ? SettledDeletion : Settled)
        && await tasks.IsFollowedByAllAsync(task, cancellation);
}
