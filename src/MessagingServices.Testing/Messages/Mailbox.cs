using System.Diagnostics;

namespace MessagingServices.Testing.Messages;

/// <summary>
/// The messages that have arrived at an address, each read once. Carriers may deliver them in another order than they
/// were sent: of those that have arrived, the oldest is read first.
/// </summary>
internal sealed class Mailbox(MessageStore messages, EmulatorOptions options, string address)
{
    private const int MaxWaitSeconds = 20;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<string> read = [];

    /// <summary>Reads the oldest unread message that is wanted; null when none has arrived in time.</summary>
    public async Task<EmulatedMessage?> TakeAsync(Func<EmulatedMessage, bool> isWanted, TimeSpan timeout)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var all = await messages.ToAsync(address).ConfigureAwait(false);
            foreach (var message in Unread(all))
            {
                var whole = await messages.WithExtractsAsync(message).ConfigureAwait(false);
                if (isWanted(whole) && Read(whole)) return whole;
            }

            var left = timeout - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) return null;
            await UntilChangedAsync(all, left).ConfigureAwait(false);
        }
    }

    /// <summary>What has arrived and was not read, oldest first.</summary>
    public async Task<IReadOnlyList<EmulatedMessage>> UnreadAsync() =>
        [.. Unread(await messages.ToAsync(address).ConfigureAwait(false))];

    /// <summary>Whether a message was read.</summary>
    public bool IsRead(EmulatedMessage message)
    {
        lock (read) return read.Contains(message.Sid);
    }

    private IEnumerable<EmulatedMessage> Unread(IEnumerable<EmulatedMessage> all) =>
        all.Where(message => message.HasArrived && !IsRead(message));

    private bool Read(EmulatedMessage message)
    {
        lock (read) return read.Add(message.Sid);
    }

    /// <summary>Waits at the server for what can change, at most for the time that is left.</summary>
    private async Task UntilChangedAsync(IReadOnlyList<EmulatedMessage> all, TimeSpan left)
    {
        var pending = all.TakeWhile(message => !message.MayArrive).Count();
        var isPending = pending < all.Count;
        // A message that is on its way may also fail, or be read at once: so the wait for "delivered" is short.
        var seconds = Math.Min((int)left.TotalSeconds, isPending ? 1 : MaxWaitSeconds);
        // Where a later message has arrived already, the server would answer with that at once.
        if (seconds > 0 && !(isPending && all.Skip(pending).Any(message => message.HasArrived)))
        {
            var changed = await messages.WaitAsync(
                address, isPending ? "delivered" : null, pending > 0 ? all[pending - 1].Sid : null, seconds)
                .ConfigureAwait(false);
            if (changed is not null && !all.Any(known => known.Sid == changed.Sid && known.Status == changed.Status))
                return;
        }

        await Task.Delay(left < Rest ? left : Rest, options.Token).ConfigureAwait(false);
    }
}
