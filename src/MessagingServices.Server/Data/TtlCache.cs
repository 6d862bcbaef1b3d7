using System.Collections.Concurrent;

namespace MessagingServices.Server.Data;

/// <summary>
/// What was read from the database and is believed for a second: so a request costs no query, and a change shows within a second on every
/// server. What this server has changed itself is told, and then believed no longer at once.
/// </summary>
/// <remarks>Whoever asks while somebody reads waits for that reading: under load hundreds ask at the moment at which a second is over.</remarks>
/// <param name="read">Reads what is stored; null when there is nothing.</param>
/// <param name="real">Real time, not the emulator's.</param>
internal sealed class TtlCache<TKey, TValue>(Func<TKey, Task<TValue?>> read, TimeProvider real) where TKey : notnull where TValue : class
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TKey, Reading> readings = new();

    /// <summary>What is stored now or was within the last second; null when there is nothing.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, CancellationToken cancellation)
    {
        if (!readings.TryGetValue(key, out var reading) || IsOld(reading)) reading = Renew(key);
        var value = reading.Value.Value;
        return value.IsCompletedSuccessfully ? value.Result : await value.WaitAsync(cancellation);
    }

    /// <summary>Something was changed or removed, and that is committed.</summary>
    public void Forget(TKey key) => readings.TryRemove(key, out _);

    /// <summary>Everything was removed, and that is committed.</summary>
    public void ForgetAll() => readings.Clear();

    private Reading Renew(TKey key)
    {
        if (readings.Count >= MaxRemembered) readings.Clear();
        // Of several that are made at once one is taken, and only that one reads.
        Reading fresh = null!;
        fresh = new(real.GetTimestamp(), new(() => ReadAsync(key, fresh)));
        return readings.AddOrUpdate(key, fresh, (_, present) => IsOld(present) ? fresh : present);
    }

    private async Task<TValue?> ReadAsync(TKey key, Reading reading)
    {
        TValue? value = null;
        try
        {
            return value = await read(key);
        }
        finally
        {
            // Failures are tried again, and what there is not is not remembered: there is more of it than memory.
            if (value is null) readings.TryRemove(new(key, reading));
        }
    }

    private bool IsOld(Reading reading) => real.GetElapsedTime(reading.BeganAt) >= Freshness;

    private sealed record Reading(long BeganAt, Lazy<Task<TValue?>> Value);
}
