using System.Collections.Concurrent;

namespace MessagingServices.Server.Events;

/// <summary>The changes that other servers have listeners for, by account. Thread-safe.</summary>
internal sealed class EventOutbox
{
    private readonly ConcurrentDictionary<Sid, PendingChanges> accounts = new();
    private readonly Latch filled = new();

    /// <summary>Adds a change; call it after the commit.</summary>
    public void Add(Change change)
    {
        if (accounts.GetOrAdd(change.Account, static _ => new()).Add(change)) filled.Set();
    }

    /// <summary>Waits until there are changes.</summary>
    public Task WaitAsync(CancellationToken cancellation) => filled.WaitAsync(cancellation);

    /// <summary>Takes all changes, by account.</summary>
    public IReadOnlyList<AccountChanges> Take()
    {
        List<AccountChanges> taken = [];
        foreach (var (account, pending) in accounts)
        {
            var (changes, lost) = pending.Take();
            if (changes.Count > 0 || lost != EventTypes.None) taken.Add(new(account, changes, lost));
        }

        return taken;
    }
}

/// <summary>What has changed of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Changes">The changes, merged.</param>
/// <param name="Lost">The types of which there were too many.</param>
internal sealed record AccountChanges(Sid Account, IReadOnlyList<Change> Changes, EventTypes Lost);
