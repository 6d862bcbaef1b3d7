using System.Globalization;

namespace MessagingServices.Server.Events;

/// <summary>
/// The latest events of an account, in frames. Each client has a place in it, so a client that reads slowly or comes
/// back costs no memory of its own. The data of events that can be read again is kept for the newest only. Thread-safe.
/// </summary>
/// <param name="id">Distinguishes the events of this log from those of all others.</param>
/// <param name="time">Real time.</param>
internal sealed class EventLog(string id, TimeProvider time)
{
    /// <summary>A client may come back after 60 s. What is longer ago, with a margin, is forgotten.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(70);

    private const int MaxEvents = 100_000;
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How much the server holds for a client that does not read, in bytes.</summary>
    public const int MaxUnread = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly LinkedList<Frame> frames = new();
    private LinkedListNode<Frame>? firstWithData;
    private long last;
    private long forgotten;
    private int count;
    private long bytes;

    /// <summary>The number of the newest event.</summary>
    public long Last
    {
        get { lock (gate) return last; }
    }

    /// <summary>The ID of an event.</summary>
    public string IdOf(long number) => $"{id}-{number}";

    /// <summary>The event of an ID; null if the ID is of another log.</summary>
    public long? NumberOf(string eventId) =>
        eventId.Length > id.Length + 1 && eventId[id.Length] == '-'
        && eventId.StartsWith(id, StringComparison.Ordinal)
        && long.TryParse(eventId.AsSpan(id.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= Last ? number : null;

    /// <summary>Adds a frame.</summary>
    /// <param name="changes">The changes with their data.</param>
    /// <param name="lost">The types of which events are missing.</param>
    public void Add(IReadOnlyList<Change> changes, EventTypes lost)
    {
        lock (gate)
        {
            if (lost != EventTypes.None) last++;
            var first = last + 1;
            foreach (var change in changes) change.Number = ++last;
            var size = changes.Sum(change => change.Data?.Length ?? 0);
            var node = frames.AddLast(new Frame(first, last, changes, lost, time.GetTimestamp()) { Bytes = size });
            firstWithData ??= node;
            count += changes.Count;
            bytes += size;
            Trim();
        }
    }

    /// <summary>Reads what a client has not got yet, up to the limit of one frame.</summary>
    /// <param name="after">The last event that it has.</param>
    /// <param name="filter">The events that it wants.</param>
    /// <param name="isSlow">Whether it has kept the server waiting: then it gets at most 1 MB.</param>
    public Unread ReadAfter(long after, EventFilter filter, bool isSlow)
    {
        lock (gate)
        {
            if (after < forgotten) return Unread.Lost(last);
            var node = frames.Last;
            while (node?.Previous is { } before && before.Value.Last > after) node = before;
            Dictionary<(EventTypes, string), (Change Change, byte[]? Data)> events = [];
            long size = 0;
            var through = after;
            var isFull = false;
            for (; node is not null; node = node.Next)
            {
                if (node.Value.Last <= after) continue;
                if ((node.Value.Lost & filter.Types) != 0) return Unread.Lost(last);
                var wanted = node.Value.Changes.Where(filter.Wants).ToList();
                size += wanted.Sum(change => change.Data?.Length ?? 0);
                if (isSlow && size > MaxUnread) return Unread.Lost(last);
                // The next frames have the rest, unless it is too much for a slow client.
                isFull |= events.Count + wanted.Count > PendingChanges.Max;
                if (isFull && !isSlow) break;
                if (isFull) continue;

                foreach (var change in wanted) events[(change.Type, change.Key)] = (change, change.Data);
                through = node.Value.Last;
            }

            return new(through, IsLost: false, [.. events.Values.OrderBy(read => read.Change.Number)]);
        }
    }

    private void Trim()
    {
        while (frames.First is { } oldest
            && (time.GetElapsedTime(oldest.Value.Added) > MaxAge || count > MaxEvents))
        {
            if (firstWithData == oldest) firstWithData = oldest.Next;
            forgotten = oldest.Value.Last;
            count -= oldest.Value.Changes.Count;
            bytes -= oldest.Value.Bytes;
            frames.RemoveFirst();
        }

        while (bytes > MaxBytes && firstWithData is { } full && full != frames.Last)
        {
            foreach (var change in full.Value.Changes.Where(change => change.IsStored))
            {
                full.Value.Bytes -= change.Data?.Length ?? 0;
                bytes -= change.Data?.Length ?? 0;
                change.Data = null;
            }

            firstWithData = full.Next;
        }
    }

    private sealed record Frame(
        long First, long Last, IReadOnlyList<Change> Changes, EventTypes Lost, long Added)
    {
        public int Bytes { get; set; }
    }
}

/// <summary>What a client has not got yet.</summary>
/// <param name="Through">The last event of it.</param>
/// <param name="IsLost">Whether it is too much or forgotten: the client reads again.</param>
/// <param name="Events">The events with their data; it is null if the row must be read again.</param>
internal sealed record Unread(long Through, bool IsLost, IReadOnlyList<(Change Change, byte[]? Data)> Events)
{
    /// <summary>Events are missing.</summary>
    public static Unread Lost(long last) => new(last, IsLost: true, []);
}
