using System.Diagnostics;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Follows the listeners and the changes of the other servers: it notices within 200 ms to which accounts they listen,
/// and, while there are listeners here, what they have changed. Listeners here get a resync when another server has
/// become silent, or when this one may have missed something.
/// </summary>
internal sealed class EventPeers(
    EventNotices notices, EventBus bus, EventListeners listeners, ReclaimExpiredClaims registration, FailureLogs logs)
    : BackgroundService
{
    private static readonly TimeSpan WithoutListeners = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhileListening = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileUnknown = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);

    /// <summary>A server that has rested for so long may have missed notices, or have been taken for dead.</summary>
    private static readonly TimeSpan MaxGap = TimeSpan.FromSeconds(4);

    /// <summary>Then the other servers have noticed that this one is running again.</summary>
    private static readonly TimeSpan Noticing = TimeSpan.FromMilliseconds(500);

    /// <summary>The last notice of a server that stops may come a little after it has left.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(2);

    private readonly HashSet<Sid> told = [];
    private readonly HashSet<Sid> lostRows = [];
    private readonly HashSet<Guid> left = [];
    private readonly Dictionary<Guid, long> goneSince = [];
    private IReadOnlySet<Guid> running = new HashSet<Guid>();
    private Dictionary<Guid, long>? seen;
    private long lastRead;
    private long? registeredSince;
    private bool hasMissed;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // First of all this server counts as running, then it reads who listens, then it works: a server with listeners
        // either finds it and waits for it, or is found by it.
        await registration.RecordHeartbeatAsync(cancellationToken);
        await notices.CleanAsync(cancellationToken);
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = logs.Of<EventPeers>("Following events of other servers");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var rest = await RunOnceAsync(stoppingToken);
                failures.Succeeded();
                await listeners.WaitAsync(rest, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                failures.Failed(failure);
                // What was committed meanwhile, and whether it was, is not known.
                hasMissed = true;
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<TimeSpan> RunOnceAsync(CancellationToken cancellation)
    {
        await FollowAsync(cancellation);
        listeners.RemoveUnused();
        var here = listeners.All;
        if (here.Count == 0 && told.Count == 0)
        {
            (seen, lastRead, hasMissed) = (null, 0, false);
            return WithoutListeners;
        }

        var hasRested = lastRead != 0 && Stopwatch.GetElapsedTime(lastRead) > MaxGap;
        if (seen is null)
        {
            // Before the others know of listeners here: what they have told before is not for these.
            seen = await notices.ReadLastAsync(cancellation);
            goneSince.Clear();
            running = new HashSet<Guid>();
        }

        await TellAsync(here, cancellation);
        var peers = await notices.ReadPeersAsync(cancellation);
        await ReadAsync(seen, cancellation);
        lastRead = Stopwatch.GetTimestamp();
        // A server that is alone misses nothing.
        hasMissed |= hasRested && (running.Count > 0 || peers.Running.Count > 0);
        Judge(peers);
        if (hasMissed && registeredSince is { } since && Stopwatch.GetElapsedTime(since) > Noticing)
        {
            listeners.LoseAll();
            hasMissed = false;
        }

        var areAllKnown = true;
        foreach (var events in here) areAllKnown &= IsKnown(events, peers);
        return areAllKnown ? WhileListening : WhileUnknown;
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        var elsewhere = await notices.ReadListenersAsync(cancellation);
        bus.ListenElsewhere(elsewhere.Select(row => row.Account).ToHashSet());
        var unknown = elsewhere.Where(row => !row.IsFollowed).Select(row => row.Account).ToHashSet();
        // Only now: from here on each change is published after its commit.
        if (unknown.Count > 0) await notices.FollowAsync(unknown, cancellation);
    }

    private async Task TellAsync(IReadOnlyList<AccountEvents> here, CancellationToken cancellation)
    {
        var accounts = here.Select(events => events.Account).ToHashSet();
        foreach (var account in accounts.Where(account => !told.Contains(account)))
        {
            await notices.AddListenerAsync(account, cancellation);
            told.Add(account);
        }

        var unused = told.Except(accounts).ToList();
        if (unused.Count == 0) return;
        await notices.RemoveListenersAsync(unused, cancellation);
        told.ExceptWith(unused);
    }

    private async Task ReadAsync(Dictionary<Guid, long> read, CancellationToken cancellation)
    {
        foreach (var (node, number, json) in await notices.ReadAsync(read, cancellation))
        {
            // Rows are missing after a crash of PostgreSQL, or if this server was slow.
            if (number != read.GetValueOrDefault(node) + 1) hasMissed = true;
            read[node] = number;
            var notice = EventNotice.Read(json);
            if (notice.IsLast) left.Add(node);
            foreach (var changed in notice.Accounts) Publish(changed);
        }
    }

    private void Publish(NoticeOfAccount changed)
    {
        var account = Sid.Parse(changed.Account);
        if (listeners.Find(account) is not { } events) return;
        if (changed.Lost != 0) events.Lose((EventTypes)changed.Lost);
        foreach (var change in changed.Changes) events.Add(change.ToChange(account));
    }

    private void Judge(EventPeersState peers)
    {
        // The table is empty after a crash of PostgreSQL.
        lostRows.UnionWith(told.Where(account => !peers.Followers.ContainsKey(account)));
        told.ExceptWith(lostRows);
        hasMissed |= !peers.IsRegistered;
        registeredSince = peers.IsRegistered ? registeredSince ?? Stopwatch.GetTimestamp() : null;
        foreach (var node in running.Where(node => !peers.Running.Contains(node)))
            goneSince.TryAdd(node, Stopwatch.GetTimestamp());
        foreach (var (node, since) in goneSince.ToList())
        {
            // It has come back, after others had taken over its work.
            if (peers.Running.Contains(node)) hasMissed = true;
            else if (!left.Remove(node))
            {
                if (Stopwatch.GetElapsedTime(since) <= Leaving) continue;
                hasMissed = true;
            }

            goneSince.Remove(node);
        }

        running = peers.Running;
    }

    private bool IsKnown(AccountEvents events, EventPeersState peers)
    {
        if (events.Ready.IsCompleted && !lostRows.Contains(events.Account)) return true;
        if (!peers.Followers.TryGetValue(events.Account, out var followers) || !peers.Running.IsSubsetOf(followers))
            return false;
        events.SetReady();
        if (lostRows.Remove(events.Account)) events.Lose(EventTypes.All);
        return true;
    }
}
