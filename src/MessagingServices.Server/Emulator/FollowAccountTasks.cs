using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Notices within 200 ms that any server has reset, deleted or suspended an account, and forgets what this server's
/// memory has of it.
/// </summary>
internal sealed class FollowAccountTasks(AccountTasks tasks, RemovedMessages memory) : PipelineStage
{
    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        foreach (var task in await tasks.ReadAsync(cancellation))
        {
            if (!task.IsFollowed || tasks.HasFollowed(task)) continue;
            await memory.ForgetAsync(task, cancellation);
            await tasks.FollowAsync(task, cancellation);
        }

        return 0;
    }
}
