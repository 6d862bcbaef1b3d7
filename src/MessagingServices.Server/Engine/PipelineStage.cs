namespace MessagingServices.Server.Engine;

/// <summary>
/// One background stage: what a message waits for between two of its statuses. The loop calls it as long as it finds work; any number
/// of servers may run it at once.
/// </summary>
internal abstract class PipelineStage
{
    /// <summary>The name, as <c>Pipeline:Stages</c> writes it.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether every server runs it, whatever <c>Pipeline:Stages</c> says.</summary>
    public virtual bool RunsEverywhere => false;

    /// <summary>The longest that the stage rests when nobody wakes it.</summary>
    public virtual TimeSpan LongestRest => TimeSpan.FromMilliseconds(200);

    /// <summary>Whether it leaves the database to others after each batch, for as long as it has worked: nobody waits for it.</summary>
    public virtual bool CanWait => false;

    /// <summary>Works on what is due, up to one batch.</summary>
    /// <returns>How many rows were worked on; 0 when nothing is due.</returns>
    public abstract Task<int> RunOnceAsync(CancellationToken cancellation);
}
