using System.Collections.Concurrent;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches values from the database, for one second if not told otherwise. A request then needs no query, and every
/// server sees a change within this time. This server invalidates an entry immediately after it has changed the value
/// itself.
/// </summary>
/// <remarks>
/// Concurrent callers share one read: under load, hundreds of calls arrive in the moment when an entry expires. At most
/// four reads run; keys that are missed meanwhile wait for the next one. A read for an expired entry also refreshes the
/// others that are in use and half as old as they may become, and forgets those that are twice as old. Of many rows it
/// reads the versions first, and then only those that have changed. So a thousand busy accounts cost a few short reads
/// a second, not a thousand. It looks at all entries for that, at most four times in the time to live.
/// </remarks>
/// <param name="read">Reads values from the database, without those that do not exist.</param>
/// <param name="real">Real time, not the emulator's.</param>
/// <param name="timeToLive">How old a value may become; one second when absent.</param>
/// <param name="maxKeys">How many values one read may read.</param>
/// <param name="readVersions">Reads what changes with a value; see <see cref="RowVersions"/>.</param>
internal sealed class TtlCache<TKey, TValue>(
    Func<IReadOnlyCollection<TKey>, Task<Dictionary<TKey, TValue>>> read, TimeProvider real,
    TimeSpan? timeToLive = null, int maxKeys = 1_000,
    Func<IReadOnlyCollection<TKey>, Task<Dictionary<TKey, string>>>? readVersions = null)
    where TKey : notnull where TValue : class
{
    private const int MaxEntries = 10_000;
    private const int MaxReads = 4;

    /// <summary>From so many keys on, one more round trip costs less than reading all values.</summary>
    private const int MinKeysForVersions = 8;

    private readonly TimeSpan timeToLive = timeToLive ?? TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly Lock gate = new();
    private readonly Queue<Missed> waiting = new();
    private int reads;
    private long lastSweep;

    /// <summary>Returns the stored value, no older than the time to live; null when it does not exist.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, CancellationToken cancellation)
    {
        if (!entries.TryGetValue(key, out var entry) || IsOlderThan(timeToLive, entry))
        {
            entry = Replace(key, entry);
            ReadWaiting();
        }

        entry.Use();
        return entry.Value.IsCompletedSuccessfully ? entry.Value.Result : await entry.Value.WaitAsync(cancellation);
    }

    /// <summary>
    /// Returns the stored values, no older than the time to live, without those that do not exist. Those that must be
    /// read are read together.
    /// </summary>
    public async ValueTask<IReadOnlyDictionary<TKey, TValue>> GetAllAsync(
        IEnumerable<TKey> keys, CancellationToken cancellation)
    {
        Dictionary<TKey, Entry> asked = [];
        foreach (var key in keys)
        {
            if (asked.ContainsKey(key)) continue;
            if (!entries.TryGetValue(key, out var entry) || IsOlderThan(timeToLive, entry)) entry = Replace(key, entry);
            entry.Use();
            asked.Add(key, entry);
        }

        if (asked.Values.Any(entry => !entry.Value.IsCompleted)) ReadWaiting();
        Dictionary<TKey, TValue> values = [];
        foreach (var (key, entry) in asked)
            if (await entry.Value.WaitAsync(cancellation) is { } value) values.Add(key, value);
        return values;
    }

    /// <summary>Returns the stored value if no read is needed; else null.</summary>
    public TValue? FindCached(TKey key)
    {
        if (!entries.TryGetValue(key, out var entry) || IsOlderThan(timeToLive, entry)) return null;
        entry.Use();
        return entry.Known;
    }

    /// <summary>Call this after the commit that changed or removed the value.</summary>
    public void Invalidate(TKey key) => entries.TryRemove(key, out _);

    /// <summary>Call this after a commit that changed or removed several values.</summary>
    /// <param name="isChanged">Gets a key and its value; null while the value is being read.</param>
    public void InvalidateWhere(Func<TKey, TValue?, bool> isChanged)
    {
        foreach (var entry in entries)
            if (isChanged(entry.Key, entry.Value.Known)) entries.TryRemove(entry);
    }

    /// <summary>Makes an entry that waits for the next read.</summary>
    private Entry Replace(TKey key, Entry? expired)
    {
        if (entries.Count >= MaxEntries) entries.Clear();
        Entry fresh = new(real.GetTimestamp());
        // Concurrent calls may make several entries. The dictionary keeps one, and only that one is read.
        var kept = entries.AddOrUpdate(key, fresh, (_, current) => IsOlderThan(timeToLive, current) ? fresh : current);
        if (kept != fresh) return kept;
        lock (gate) waiting.Enqueue(new(key, fresh, expired));
        return fresh;
    }

    private void ReadWaiting()
    {
        lock (gate)
        {
            if (waiting.Count == 0 || reads == MaxReads) return;
            reads++;
        }

        _ = ReadWaitingAsync();
    }

    private async Task ReadWaitingAsync()
    {
        while (true)
        {
            List<Missed> batch = [];
            lock (gate)
            {
                while (batch.Count < maxKeys && waiting.TryDequeue(out var missed)) batch.Add(missed);
                if (batch.Count == 0)
                {
                    reads--;
                    return;
                }
            }

            if (batch.Any(missed => missed.Expired is not null)) AddOthers(batch);
            await ReadAsync(batch);
        }
    }

    /// <summary>Adds the other values that will be asked for soon.</summary>
    private void AddOthers(List<Missed> batch)
    {
        var last = Interlocked.Read(ref lastSweep);
        var now = real.GetTimestamp();
        if ((last != 0 && real.GetElapsedTime(last, now) < timeToLive / 4)
            || Interlocked.CompareExchange(ref lastSweep, now, last) != last) return;
        foreach (var (key, entry) in entries)
        {
            if (IsOlderThan(2 * timeToLive, entry)) entries.TryRemove(new(key, entry));
            else if (entry.IsUsed && IsOlderThan(timeToLive / 2, entry) && batch.Count < maxKeys)
            {
                Entry fresh = new(now);
                if (entries.TryUpdate(key, fresh, entry)) batch.Add(new(key, fresh, entry));
            }
        }
    }

    private async Task ReadAsync(List<Missed> batch)
    {
        Dictionary<TKey, TValue> values = [];
        try
        {
            HashSet<TKey> keys = [.. batch.Select(missed => missed.Key)];
            // Before the values: a value that changes in between is read again next time.
            var versions = readVersions is null || keys.Count < MinKeysForVersions ? [] : await readVersions(keys);
            foreach (var (key, _, expired) in batch)
            {
                if (expired is { Known: { } known, Version: { } version } && versions.GetValueOrDefault(key) == version)
                    values.TryAdd(key, known);
            }

            keys.ExceptWith(values.Keys);
            if (keys.Count > 0)
                foreach (var (key, value) in await read(keys)) values[key] = value;
            foreach (var (key, fresh, _) in batch)
                fresh.Set(values.GetValueOrDefault(key), versions.GetValueOrDefault(key));
        }
        catch (Exception failure)
        {
            foreach (var missed in batch) missed.Fresh.Fail(failure);
        }
        finally
        {
            // The next call retries a failed read. Missing values are not cached, because their keys are unlimited.
            foreach (var (key, fresh, _) in batch)
                if (!values.ContainsKey(key)) entries.TryRemove(new(key, fresh));
        }
    }

    private bool IsOlderThan(TimeSpan age, Entry entry) => real.GetElapsedTime(entry.ReadAt) >= age;

    /// <summary>A value that must be read.</summary>
    /// <param name="Key">Its key.</param>
    /// <param name="Fresh">Its new entry.</param>
    /// <param name="Expired">Its entry of before.</param>
    private readonly record struct Missed(TKey Key, Entry Fresh, Entry? Expired);

    private sealed class Entry(long readAt)
    {
        private readonly TaskCompletionSource<TValue?> value = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long ReadAt => readAt;

        public Task<TValue?> Value => value.Task;

        /// <summary>The value; null while it is being read.</summary>
        public TValue? Known => value.Task.IsCompletedSuccessfully ? value.Task.Result : null;

        public string? Version { get; private set; }

        public bool IsUsed { get; private set; }

        /// <summary>The value was asked for. Hot entries are written once, not by every request.</summary>
        public void Use()
        {
            if (!IsUsed) IsUsed = true;
        }

        public void Set(TValue? read, string? version)
        {
            Version = version;
            value.SetResult(read);
        }

        public void Fail(Exception failure)
        {
            if (!value.TrySetException(failure)) return;
            // A failure that no caller has waited for must not be reported as unobserved.
            _ = value.Task.Exception;
        }
    }
}
