namespace MessagingServices.Server.Engine;

/// <summary>
/// One background stage: it works on the rows of its queue. The loop calls it as long as it finds work; any number of
/// servers may run it at once.
/// </summary>
internal abstract class PipelineStage
{
    /// <summary>The name, as <c>Pipeline:Stages</c> and the metrics have it.</summary>
    public string Name => GetType().Name;

    /// <summary>The queue that it works on. A commit that feeds the queue wakes the stage.</summary>
    public virtual WorkQueues Queue => WorkQueues.None;

    /// <summary>Whether every server runs it, without regard to <c>Pipeline:Stages</c>.</summary>
    public virtual bool RunsEverywhere => false;

    /// <summary>The longest rest without a signal.</summary>
    public virtual TimeSpan MaxRest => TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether it is not urgent: after each batch it leaves the database to others for as long as the batch took.
    /// </summary>
    public virtual bool CanWait => false;

    /// <summary>Works on the due rows, up to one batch.</summary>
    /// <returns>The number of rows worked on; 0 when nothing is due.</returns>
    public abstract Task<int> RunOnceAsync(CancellationToken cancellation);
}
