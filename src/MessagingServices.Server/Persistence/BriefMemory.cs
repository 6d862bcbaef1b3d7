using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Server.Persistence;

/// <summary>
/// What was read from the database and is believed for a second: so a request costs no query, and a change shows within a second on every
/// server. What this server has changed itself is told, and then believed no longer at once.
/// </summary>
/// <param name="real">Real time, not the emulator's.</param>
public sealed class BriefMemory<TKey, TValue>(TimeProvider real) where TKey : notnull
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TKey, (TValue Value, long ReadAt)> remembered = new();
    private long changes;

    /// <summary>What is remembered, if it was read within the last second.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var isFresh = remembered.TryGetValue(key, out var found) && real.GetElapsedTime(found.ReadAt) < Freshness;
        value = isFresh ? found.Value : default;
        return isFresh;
    }

    /// <summary>To be asked for before the database is read.</summary>
    public Reading Begin() => new(Interlocked.Read(ref changes), real.GetTimestamp());

    /// <summary>Remembers what was read; not when something has been changed since the reading began, since it may be from before.</summary>
    public void Remember(TKey key, TValue value, Reading reading)
    {
        if (Interlocked.Read(ref changes) != reading.Changes) return;
        if (remembered.Count >= MostRemembered) remembered.Clear();
        remembered[key] = (value, reading.Timestamp);
    }

    /// <summary>Something was changed or removed, and that is committed.</summary>
    public void Forget(TKey key)
    {
        Interlocked.Increment(ref changes);
        remembered.TryRemove(key, out _);
    }

    /// <summary>Everything was removed, and that is committed.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref changes);
        remembered.Clear();
    }

    /// <summary>When a reading of the database began, and after how many changes.</summary>
    public readonly record struct Reading(long Changes, long Timestamp);
}
