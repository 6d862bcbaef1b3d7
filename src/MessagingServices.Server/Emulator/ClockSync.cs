using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Notices within 200 ms that another server has moved the emulator's clock or removed messages.</summary>
internal sealed class ClockSync(IDbContextFactory<MessagingDb> databases, EmulatorClock clock, ResetPropagation resets)
    : PipelineStage
{
    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await clock.RefreshAsync(db, cancellation);
        await resets.ApplyLocallyAsync();
        return 0;
    }
}
