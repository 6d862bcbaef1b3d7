using MessagingServices.Server.Telemetry;

namespace MessagingServices.Server.Engine;

/// <summary>What follows the commit of a <see cref="MessageTransaction"/>: stages wake, metrics and traces.</summary>
internal sealed class CommitEffects(PipelineSignals signals, MessageTelemetry telemetry)
{
    /// <summary>Notes the beginning of a transaction, for its trace.</summary>
    public TraceStart Start() => telemetry.Start();

    /// <summary>The batch is committed.</summary>
    public void Apply(WriteBatch batch, TraceStart began)
    {
        signals.Wake(batch.Feeds);
        if (batch.Messages.Inserted.Count > 0) telemetry.Added(batch.Messages.Inserted, began);
        telemetry.Moved(batch.Messages.Moves, began);
    }
}
