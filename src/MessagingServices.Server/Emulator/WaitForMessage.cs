using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Waits until a message is there, whichever server stores it.</summary>
internal sealed class WaitForMessage(IDbContextFactory<MessagingDb> databases, Polling polling)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>The newest matching message, as soon as there is one; null when the time is over.</summary>
    /// <exception cref="TwilioException">20503 when the server stops meanwhile.</exception>
    public Task<Message?> WaitAsync(WantedMessage wanted, TimeSpan patience, CancellationToken cancellation) =>
        polling.UntilAsync(ask => FindAsync(wanted, ask), found => found is not null, patience, Rest, cancellation);

    private async Task<Message?> FindAsync(WantedMessage wanted, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await wanted.Among(db.Messages).OrderByDescending(message => message.Ordinal).AsNoTracking().FirstOrDefaultAsync(cancellation);
    }
}

/// <summary>Which message is waited for; null matches any.</summary>
/// <param name="AccountSid">Whose message.</param>
internal sealed record WantedMessage(Sid AccountSid)
{
    /// <summary>The recipient's normalised address.</summary>
    public string? To { get; init; }

    /// <summary>The sender's normalised address.</summary>
    public string? From { get; init; }

    /// <summary>What the text contains, in the same case.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Where the message is on its way at that moment.</summary>
    public MessageStatus? Status { get; init; }

    /// <summary>Who sent it.</summary>
    public MessageDirection? Direction { get; init; }

    /// <summary>The Messaging Service that it goes through.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The messages that match.</summary>
    public IQueryable<Message> Among(IQueryable<Message> messages)
    {
        messages = messages.Where(message => message.AccountSid == AccountSid);
        if (To is { } to) messages = messages.Where(message => message.To == to);
        if (From is { } from) messages = messages.Where(message => message.From == from);
        if (BodyContains is { } text) messages = messages.Where(message => message.Body.Contains(text));
        if (Status is { } status) messages = messages.Where(message => message.Status == status);
        if (Direction is { } direction) messages = messages.Where(message => message.Direction == direction);
        if (MessagingServiceSid is { } service) messages = messages.Where(message => message.MessagingServiceSid == service);
        return messages;
    }
}
