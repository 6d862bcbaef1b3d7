namespace MessagingServices.Server.Events;

/// <summary>
/// The events of an account that has listeners on this server. At most ten times a second it closes a frame: the
/// changes since the last one, merged, with their data.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="reader">Reads changed rows.</param>
/// <param name="telemetry">Counts the events.</param>
/// <param name="failures">Reports failures.</param>
/// <param name="time">Real time.</param>
internal sealed class AccountEvents(
    Sid account, EventReader reader, EventTelemetry telemetry, ThrottledLog failures, TimeProvider time)
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan KeepsVersions = TimeSpan.FromSeconds(2);

    private readonly PendingChanges pending = new();
    private readonly Latch changed = new();
    private readonly Lock gate = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isStopped;
    private volatile bool isUnsure;
    private int listeners;
    private long unusedSince = time.GetTimestamp();

    /// <summary>The last versions that were written: a change that was held up must not undo a later one.</summary>
    private Dictionary<string, int> versions = [];
    private Dictionary<string, int> formerVersions = [];
    private long versionsSince = time.GetTimestamp();

    public Sid Account => account;

    /// <summary>The events.</summary>
    public EventLog Log { get; } = new(Guid.NewGuid().ToString("N")[..16], time);

    /// <summary>Ends when all servers tell this one of the account's changes.</summary>
    public Task Ready => ready.Task;

    /// <summary>Ends with the next frame. Take it before you read the log.</summary>
    public Task NextFrame
    {
        get { lock (gate) return next.Task; }
    }

    /// <summary>How long there has been no listener; null while there is one.</summary>
    public TimeSpan? Unused
    {
        get { lock (gate) return listeners > 0 ? null : time.GetElapsedTime(unusedSince); }
    }

    /// <summary>A client begins to listen.</summary>
    public void Join()
    {
        lock (gate) listeners++;
    }

    /// <summary>A client listens no longer.</summary>
    public void Leave()
    {
        lock (gate)
        {
            listeners--;
            unusedSince = time.GetTimestamp();
        }
    }

    /// <summary>All servers know of the listeners now.</summary>
    public void SetReady()
    {
        if (ready.TrySetResult() && isUnsure) Lose(EventTypes.All);
    }

    /// <summary>A client does not wait for <see cref="Ready"/>: it may miss events until then.</summary>
    public void BeginUnsure()
    {
        isUnsure = true;
        if (ready.Task.IsCompleted) Lose(EventTypes.All);
    }

    /// <summary>Ends <see cref="RunAsync"/>.</summary>
    public void Stop()
    {
        isStopped = true;
        changed.Set();
    }

    /// <summary>Adds a change. Call it after the commit.</summary>
    public void Add(Change change)
    {
        if (pending.Add(change)) changed.Set();
    }

    /// <summary>Events were lost: clients that want them read again.</summary>
    public void Lose(EventTypes types)
    {
        if (pending.Lose(types)) changed.Set();
    }

    /// <summary>Closes frames until the cancellation.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && !isStopped)
        {
            try
            {
                await changed.WaitAsync(cancellation);
                await CloseFrameAsync(cancellation);
                failures.Succeeded();
                await Task.Delay(BetweenFrames, time, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // What the frame had is lost. A change that was not certain to be committed may be lost, too.
                failures.Failed(failure);
                await Task.Delay(AfterFailure, time, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pending.Lose(EventTypes.All);
                changed.Set();
            }
        }
    }

    private async Task CloseFrameAsync(CancellationToken cancellation)
    {
        var (changes, lost) = pending.Take();
        if (changes.Count == 0 && lost == EventTypes.None) return;
        var filled = await reader.FillAsync(account, [.. changes.Where(IsNews)], cancellation);
        telemetry.Published(filled.Count);
        Log.Add(filled, lost);
        TaskCompletionSource waiting;
        lock (gate) (waiting, next) = (next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        waiting.TrySetResult();
    }

    private bool IsNews(Change change)
    {
        if (time.GetElapsedTime(versionsSince) > KeepsVersions)
            (formerVersions, versions, versionsSince) = (versions, [], time.GetTimestamp());
        if (change.Version == 0 || change.Type != EventTypes.MessageUpdated) return true;
        var known = Math.Max(
            versions.GetValueOrDefault(change.Key), formerVersions.GetValueOrDefault(change.Key));
        if (change.Version < known) return false;
        versions[change.Key] = change.Version;
        return true;
    }
}
