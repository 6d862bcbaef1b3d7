using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Waits until any server has stored a matching message.</summary>
internal sealed class WaitForMessage(
    IDbContextFactory<MessagingDb> databases, RunningWrites writes, Polling polling)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Returns the newest matching message, or the oldest one after <see cref="WantedMessage.After"/>, as soon as one
    /// exists; null after the timeout.
    /// </summary>
    /// <param name="wanted">The conditions.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="check">Throws when the caller may wait no longer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TwilioException">20404 when the account does not have the message to begin after; 20503 when
    /// the server stops during the wait; that of the check.</exception>
    public async Task<Message?> WaitAsync(
        WantedMessage wanted, TimeSpan timeout, Func<CancellationToken, Task> check, CancellationToken cancellation)
    {
        var after = wanted.After is { } sid ? await OrdinalAsync(wanted.AccountSid, sid, cancellation) : (long?)null;
        return await polling.UntilAsync(
            async cancelled =>
            {
                await check(cancelled);
                return after is { } ordinal
                    ? await OldestAsync(wanted, ordinal, cancelled) : await NewestAsync(wanted, cancelled);
            },
            found => found is not null, timeout, PollInterval, cancellation);
    }

    private async Task<long> OrdinalAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Messages.Where(message => message.Sid == sid && message.AccountSid == account)
            .Select(message => (long?)message.Ordinal).SingleOrDefaultAsync(cancellation)
            ?? throw new TwilioException(new(MessagingError.NotFound, $"The account has no message {sid}"));
    }

    private async Task<Message?> NewestAsync(WantedMessage wanted, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await wanted.Filter(db.Messages).OrderByDescending(message => message.Ordinal).AsNoTracking()
            .FirstOrDefaultAsync(cancellation);
    }

    private async Task<Message?> OldestAsync(WantedMessage wanted, long after, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var oldest = wanted.Filter(db.Messages).Where(message => message.Ordinal > after)
            .OrderBy(message => message.Ordinal).AsNoTracking();
        if (await oldest.FirstOrDefaultAsync(cancellation) is null) return null;
        // A message with a smaller ordinal may be committed later than the one found. A caller who goes on after the
        // one found would never get it.
        await writes.EndAsync(cancellation);
        return await oldest.FirstOrDefaultAsync(cancellation);
    }
}

/// <summary>The conditions for a message. A condition that is null matches every message.</summary>
/// <param name="AccountSid">The account of the message.</param>
internal sealed record WantedMessage(Sid AccountSid)
{
    /// <summary>The recipient's normalised address.</summary>
    public string? To { get; init; }

    /// <summary>The sender's normalised address.</summary>
    public string? From { get; init; }

    /// <summary>A part of the text, case-sensitive.</summary>
    public string? BodyContains { get; init; }

    /// <summary>The status of the message at the moment of the query.</summary>
    public MessageStatus? Status { get; init; }

    public MessageDirection? Direction { get; init; }

    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The message after which to begin, oldest first; null for the newest message.</summary>
    public Sid? After { get; init; }

    /// <summary>Adds the conditions, except <see cref="After"/>, to a query.</summary>
    public IQueryable<Message> Filter(IQueryable<Message> messages)
    {
        messages = messages.Where(message => message.AccountSid == AccountSid);
        if (To is { } to) messages = messages.Where(message => message.To == to);
        if (From is { } from) messages = messages.Where(message => message.From == from);
        if (BodyContains is { } text) messages = messages.Where(message => message.Body.Contains(text));
        if (Status is { } status) messages = messages.Where(message => message.Status == status);
        if (Direction is { } direction) messages = messages.Where(message => message.Direction == direction);
        if (MessagingServiceSid is { } service)
            messages = messages.Where(message => message.MessagingServiceSid == service);
        return messages;
    }
}
