namespace MessagingServices.Server.Events;

/// <summary>
/// What has changed, for those who listen: to listeners of this server, and to the other servers that have some. While
/// there are no listeners, a change costs one comparison. Thread-safe.
/// </summary>
internal sealed class EventBus
{
    private readonly Lock gate = new();
    private readonly Dictionary<Sid, AccountEvents> local = [];
    private IReadOnlySet<Sid> remote = new HashSet<Sid>();
    private volatile Dictionary<Sid, Topic>? topics;

    /// <summary>What other servers must learn.</summary>
    public EventOutbox Outbox { get; } = new();

    /// <summary>Whether there are listeners. Check it before you prepare changes.</summary>
    public bool IsListening => topics is not null;

    /// <summary>Publishes a change. Call it after the commit.</summary>
    public void Publish(Change change)
    {
        if (topics is not { } present || !present.TryGetValue(change.Account, out var topic)) return;
        topic.Local?.Add(change);
        // A copy: each is completed with its data in its own time.
        if (topic.IsRemote) Outbox.Add(change.Copy());
    }

    /// <summary>Publishes that something has changed whose row is to be read.</summary>
    public void Publish(EventTypes type, Sid account, string key)
    {
        if (topics is not null) Publish(new Change(type, account, key));
    }

    /// <summary>Publishes a new message.</summary>
    public void Created(Message message)
    {
        if (topics is not null) Publish(Of(EventTypes.MessageCreated, message));
    }

    /// <summary>Publishes a message that has another status.</summary>
    public void Updated(Message message)
    {
        if (topics is not null) Publish(Of(EventTypes.MessageUpdated, message));
    }

    /// <summary>Publishes that a message is deleted.</summary>
    public void Deleted(Sid message, Sid account, Sid? service)
    {
        if (topics is null) return;
        Publish(new Change(EventTypes.MessageDeleted, account, message.Value)
        {
            Subject = new DeletedMessage(message, account, service), MessagingServiceSid = service,
        });
    }

    /// <summary>Publishes that a webhook waits, or the result of its delivery.</summary>
    public void Updated(WebhookResult result)
    {
        if (topics is null) return;
        Publish(new Change(EventTypes.WebhookUpdated, result.Webhook.AccountSid, result.Webhook.Sid.Value)
        {
            Subject = result, MessagingServiceSid = ServiceOf(result.Webhook),
        });
    }

    /// <summary>The Messaging Service of a webhook's message; null without one.</summary>
    public static Sid? ServiceOf(Webhook webhook) => webhook.Parameters
        .FirstOrDefault(parameter => parameter.Key == "MessagingServiceSid") is { Value: { } value }
        && Sid.TryParseAs(SidPrefix.MessagingService, value, out var sid) ? sid : null;

    /// <summary>Events of an account were lost: its listeners read again.</summary>
    public void Lose(Sid account, EventTypes types)
    {
        if (topics is { } present && present.TryGetValue(account, out var topic)) topic.Local?.Lose(types);
    }

    /// <summary>Sets where the listeners of an account on this server get events from; null for no listeners.</summary>
    public void Listen(Sid account, AccountEvents? events)
    {
        lock (gate)
        {
            if (events is null) local.Remove(account);
            else local[account] = events;
            Replace();
        }
    }

    /// <summary>Sets the accounts that have listeners on other servers.</summary>
    public void ListenElsewhere(IReadOnlySet<Sid> accounts)
    {
        lock (gate)
        {
            if (remote.SetEquals(accounts)) return;
            remote = accounts;
            Replace();
        }
    }

    // What the application discards is in no row: the event has it from the row.
    private static Change Of(EventTypes type, Message message) => new(type, message.AccountSid, message.Sid.Value)
    {
        Subject = message.DiscardsWhenEnded && message.Status.IsTerminal() ? null : message,
        MessagingServiceSid = message.MessagingServiceSid,
        Version = message.StatusChanges.Count,
    };

    private void Replace()
    {
        Dictionary<Sid, Topic> next = [];
        foreach (var account in local.Keys.Concat(remote).Distinct())
            next.Add(account, new(local.GetValueOrDefault(account), remote.Contains(account)));
        topics = next.Count == 0 ? null : next;
    }

    private sealed record Topic(AccountEvents? Local, bool IsRemote);
}
