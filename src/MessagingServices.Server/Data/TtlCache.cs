using System.Collections.Concurrent;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches values from the database, for one second if not told otherwise. A request then needs no query, and every
/// server sees a change within this time. This server invalidates an entry immediately after it has changed the value
/// itself.
/// </summary>
/// <remarks>
/// Concurrent callers share one read. Under load, hundreds of calls arrive in the moment when an entry expires.
/// </remarks>
/// <param name="read">Reads the value from the database; null when it does not exist.</param>
/// <param name="real">Real time, not the emulator's.</param>
/// <param name="timeToLive">How old a value may become; one second when absent.</param>
internal sealed class TtlCache<TKey, TValue>(
    Func<TKey, Task<TValue?>> read, TimeProvider real, TimeSpan? timeToLive = null)
    where TKey : notnull where TValue : class
{
    private const int MaxEntries = 10_000;

    private readonly TimeSpan timeToLive = timeToLive ?? TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();

    /// <summary>Returns the stored value, no older than the time to live; null when it does not exist.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, CancellationToken cancellation)
    {
        if (!entries.TryGetValue(key, out var entry) || IsExpired(entry)) entry = Refresh(key);
        var value = entry.Value.Value;
        return value.IsCompletedSuccessfully ? value.Result : await value.WaitAsync(cancellation);
    }

    /// <summary>Returns the stored value if no read is needed; else null.</summary>
    public TValue? FindCached(TKey key) =>
        entries.TryGetValue(key, out var entry) && !IsExpired(entry) && entry.Value is { IsValueCreated: true } read
            && read.Value.IsCompletedSuccessfully ? read.Value.Result : null;

    /// <summary>Call this after the commit that changed or removed the value.</summary>
    public void Invalidate(TKey key) => entries.TryRemove(key, out _);

    /// <summary>Call this after the commit that removed all values.</summary>
    public void InvalidateAll() => entries.Clear();

    private Entry Refresh(TKey key)
    {
        if (entries.Count >= MaxEntries) entries.Clear();
        // Concurrent calls may make several entries. The dictionary keeps one, and only that one reads.
        Entry fresh = null!;
        fresh = new(real.GetTimestamp(), new(() => ReadAsync(key, fresh)));
        return entries.AddOrUpdate(key, fresh, (_, current) => IsExpired(current) ? fresh : current);
    }

    private async Task<TValue?> ReadAsync(TKey key, Entry entry)
    {
        TValue? value = null;
        try
        {
            return value = await read(key);
        }
        finally
        {
            // The next call retries a failed read. Missing values are not cached, because their keys are unlimited.
            if (value is null) entries.TryRemove(new(key, entry));
        }
    }

    private bool IsExpired(Entry entry) => real.GetElapsedTime(entry.ReadAt) >= timeToLive;

    private sealed record Entry(long ReadAt, Lazy<Task<TValue?>> Value);
}
