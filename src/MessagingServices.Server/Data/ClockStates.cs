using System.Collections.Concurrent;

namespace MessagingServices.Server.Data;

/// <summary>
/// The clocks of accounts as this server knows them. An account with the real clock has no entry, so it costs nothing.
/// </summary>
internal sealed class ClockStates
{
    private static readonly ClockState Real = new();

    /// <summary>No stored clock is newer, so only <see cref="Hold"/> replaces it.</summary>
    private static readonly ClockState Paused = new() { Version = long.MaxValue };

    private readonly ConcurrentDictionary<Sid, ClockState> states = new();

    /// <summary>The clock of an account is another one now.</summary>
    public event Action<Sid>? Changed;

    /// <summary>The clock of an account.</summary>
    public ClockState this[Sid account]
    {
        get
        {
            SpinWait pause = default;
            while (true)
            {
                var state = states.GetValueOrDefault(account, Real);
                if (!ReferenceEquals(state, Paused)) return state;
                pause.SpinOnce();
            }
        }
    }

    /// <summary>Uses a clock that was read from the database, unless a later one is known.</summary>
    /// <returns>The clock before; null if this one is not newer.</returns>
    public ClockState? Apply(ClockState read)
    {
        while (true)
        {
            var known = states.GetValueOrDefault(read.AccountSid);
            if (known is null ? read.IsReal : known.Version >= read.Version) return null;
            if (!TryReplace(known, read)) continue;
            Changed?.Invoke(read.AccountSid);
            return known ?? Real;
        }
    }

    /// <summary>
    /// Lets all who read the clock wait for <see cref="Hold"/>. Call that at once. So no caller can read a time later
    /// than the one at which the clock is held.
    /// </summary>
    public void Pause(Sid account) => states[account] = Paused;

    /// <summary>Uses a clock until the change of the stored one is committed or has failed.</summary>
    public void Hold(ClockState held)
    {
        states[held.AccountSid] = held;
        Changed?.Invoke(held.AccountSid);
    }

    /// <summary>Ends a hold whose change has failed, unless a later clock is known.</summary>
    public void Release(ClockState held, ClockState stored)
    {
        var isReleased = stored.IsReal
            ? states.TryRemove(new(held.AccountSid, held))
            : states.TryUpdate(held.AccountSid, stored, held);
        if (isReleased) Changed?.Invoke(held.AccountSid);
    }

    /// <summary>Forgets the clock of an account that was removed.</summary>
    public void Forget(Sid account)
    {
        if (states.TryRemove(account, out _)) Changed?.Invoke(account);
    }

    private bool TryReplace(ClockState? known, ClockState read) => known is null
        ? states.TryAdd(read.AccountSid, read)
        : states.TryUpdate(read.AccountSid, read, known);
}
