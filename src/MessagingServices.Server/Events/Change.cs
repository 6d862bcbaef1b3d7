namespace MessagingServices.Server.Events;

/// <summary>One thing of an account has changed. It is published after the commit.</summary>
/// <param name="type">The type of its event.</param>
/// <param name="account">The account whose listeners get the event.</param>
/// <param name="key">What has changed: the SID, or another text that is unique for the type.</param>
internal sealed class Change(EventTypes type, Sid account, string key)
{
    public EventTypes Type => type;

    public Sid Account => account;

    public string Key => key;

    /// <summary>
    /// The changed thing as it was committed; null if its row is read when the event is written.
    /// </summary>
    public object? Subject { get; set; }

    /// <summary>The Messaging Service that it belongs to; null for none, and before the row is read.</summary>
    public Sid? MessagingServiceSid { get; set; }

    /// <summary>Of two states of one thing, the later one has the greater number; 0 if that is not known.</summary>
    public int Version { get; init; }

    /// <summary>The event's data as JSON; null before it is written, and when it is read again if needed.</summary>
    public byte[]? Data { get; set; }

    /// <summary>The number of the event among those of its log.</summary>
    public long Number { get; set; }

    /// <summary>Whether the row of the changed thing must be read.</summary>
    public bool IsHint => Subject is null && Data is null;

    /// <summary>Whether the data can be read again from the database.</summary>
    public bool IsStored => Type is EventTypes.MessageCreated or EventTypes.MessageUpdated or EventTypes.WebhookUpdated;

    /// <summary>The same change.</summary>
    public Change Copy() => new(Type, Account, Key)
    {
        Subject = Subject, MessagingServiceSid = MessagingServiceSid, Version = Version, Data = Data,
    };

    /// <summary>The one of two changes of a thing that says what it is now.</summary>
    /// <param name="later">The change that was published later.</param>
    public Change Merge(Change later)
    {
        if (IsHint == later.IsHint) return later.Version >= Version ? later : this;
        // The row says best what a message is now. Of other things only deletions say all, and they are final.
        return IsHint == IsStored ? this : later;
    }
}

/// <summary>A message that is deleted.</summary>
internal sealed record DeletedMessage(Sid Sid, Sid AccountSid, Sid? MessagingServiceSid);

/// <summary>Something of an account that is deleted.</summary>
internal sealed record DeletedThing(Sid Sid, Sid AccountSid);

/// <summary>The result of a webhook's delivery.</summary>
/// <param name="Webhook">The webhook as it was sent.</param>
/// <param name="Outcome">How its delivery has ended.</param>
/// <param name="Attempts">The attempts of this delivery.</param>
internal sealed record WebhookResult(Webhook Webhook, WebhookOutcome Outcome, IReadOnlyList<WebhookAttempt> Attempts);

/// <summary>Whether a recipient gets no messages from a sender or a Messaging Service.</summary>
internal sealed record OptOutState(Sid AccountSid, string Recipient, Channel Channel, string Scope, bool IsOptedOut);

/// <summary>The clock of an account after a change.</summary>
internal sealed record ClockReading(Sid AccountSid, DateTimeOffset Now, bool IsFrozen);

/// <summary>A reset of an account.</summary>
/// <param name="AccountSid">The account.</param>
/// <param name="IsOfAll">Whether everything was reset, and not only the messages.</param>
internal sealed record AccountReset(Sid AccountSid, bool IsOfAll);
