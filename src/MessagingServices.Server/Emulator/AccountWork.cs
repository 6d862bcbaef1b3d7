using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Outbound;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Carries out the stored tasks of accounts. All of it may be done again, by this server or another one, until the task
/// has ended. The caller has the account's lock.
/// </summary>
internal sealed class AccountWork(
    AccountRows rows, AccountTasks tasks, RemovedMessages memory, FailWaitingMessages waiting, SeedAgain seed)
{
    /// <summary>Does the work of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="patience">How long to try again when rows stay locked.</param>
    /// <param name="cancellation">Ends the work; it is done again later.</param>
    public async Task<AccountProgress> RunAsync(
        AccountTask task, TimeSpan patience, CancellationToken cancellation)
    {
        var progress = task.Kind is AccountTaskKind.Suspend or AccountTaskKind.Close
            ? await EndWaitingAsync(task, cancellation)
            : await RemoveAsync(task, patience, cancellation);
        if (progress == AccountProgress.Done) await tasks.EndAsync(task, cancellation);
        return progress;
    }

    private async Task<AccountProgress> RemoveAsync(
        AccountTask task, TimeSpan patience, CancellationToken cancellation)
    {
        var areGone = task.IsFollowed || await rows.RemoveMessagesAsync(task, patience, cancellation);
        if (areGone && !task.IsFollowed) await tasks.SetFollowedAsync(task, cancellation);
        // Afterwards: until then, a message may leave rows behind.
        await memory.ForgetAsync(task, cancellation);
        if (areGone) await tasks.FollowAsync(task, cancellation);
        if (!await rows.RemoveRestAsync(task, patience, cancellation)) return AccountProgress.Begun;
        // Requests have read the account again meanwhile, with the rules that it had.
        memory.ForgetAccount(task);
        // Before the seed: if it fails, the rest must not be removed again.
        if (task.Kind is AccountTaskKind.ResetMessages or AccountTaskKind.ResetEverything)
            await tasks.LeaveMessagesAsync(task, cancellation);
        if (task.Kind == AccountTaskKind.ResetEverything) await seed.ApplyAsync(task.AccountSid, cancellation);
        return areGone ? AccountProgress.Done : AccountProgress.MessagesLeft;
    }

    private async Task<AccountProgress> EndWaitingAsync(AccountTask task, CancellationToken cancellation)
    {
        await waiting.FailAsync(task.AccountSid, task.LastMessage, cancellation);
        if (task.Kind == AccountTaskKind.Close) await rows.DropHeldAsync(task.AccountSid, cancellation);
        return AccountProgress.Done;
    }

    /// <summary>
    /// Does what is left when all servers have followed the task: requests that were under way may have added rows.
    /// </summary>
    /// <returns>False if it is to be done again.</returns>
    public async Task<bool> FinishAsync(AccountTask task, TimeSpan patience, CancellationToken cancellation)
    {
        // A server that did not know of it yet may have delayed a webhook.
        if (task.Kind == AccountTaskKind.Close) await rows.DropHeldAsync(task.AccountSid, cancellation);
        return task.Kind == AccountTaskKind.Delete
            ? await rows.RemoveMessagesAsync(task, patience, cancellation)
                && await rows.RemoveRestAsync(task, patience, cancellation)
            : task.Kind is AccountTaskKind.Suspend or AccountTaskKind.Close
                || await rows.RemoveOrphansAsync(task, patience, cancellation);
    }
}

/// <summary>How far the work of a task has come. What is left is held by other transactions.</summary>
internal enum AccountProgress
{
    /// <summary>All is done.</summary>
    Done,

    /// <summary>Only messages are left, up to the last one of the task: what is newer stays.</summary>
    MessagesLeft,

    /// <summary>Other things are left. When they are removed later, newer ones go with them.</summary>
    Begun,
}
