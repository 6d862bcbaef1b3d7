using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Notices within 200 ms that another server has moved the emulator's clock or removed messages, and tells that server
/// when this server's memory has finished the work that has become due.
/// </summary>
internal sealed class ClockSync(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, ResetPropagation resets, UnfinishedWork work,
    NodeId node)
    : PipelineStage
{
    private static readonly TimeSpan WhileBehind = TimeSpan.FromMilliseconds(10);

    private long? finished;

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => finished == clock.State.MoveCount ? base.MaxRest : WhileBehind;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await clock.RefreshAsync(db, cancellation);
        await resets.ApplyLocallyAsync();
        var move = clock.State.MoveCount;
        if (finished == move || work.IsPendingInMemory()) return 0;
        // Without effect while the server is not registered: then it is tried again.
        if (await db.ServerNodes.Where(other => other.Id == node.Id).ExecuteUpdateAsync(
            other => other.SetProperty(n => n.FinishedMove, move), cancellation) > 0) finished = move;
        return 0;
    }
}
