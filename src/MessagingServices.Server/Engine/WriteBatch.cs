using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Inbound;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Select;
using MessagingServices.Server.Outbound.Throughput;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Everything that one step of the pipeline changes, for hundreds of messages at once: saved in one round trip, each table by one
/// statement over arrays, whose text is the same for every number of rows and so is prepared once. One such statement writes 100,000
/// rows a second where one SaveChanges per message writes 6,300.
/// </summary>
internal sealed class WriteBatch(SidSource sids)
{
    private readonly OrderedDictionary<Sid, (Message Message, MessageStatus Was)> moved = [];
    private readonly List<Webhook> webhooks = [];
    private readonly List<SenderSelection> selections = [];
    private readonly List<PoolSender> used = [];
    private readonly Dictionary<(Sid, Channel, string), StickySender> remembered = [];
    private readonly Dictionary<(Sid, Channel, string), StickySender> forgotten = [];
    private readonly List<Message> added = [];
    private readonly List<QueuedMessage> enqueued = [];
    private readonly List<QueuedMessage> placed = [];
    private readonly List<QueuedMessage> movedOn = [];
    private readonly HashSet<SenderBacklog> backlogs = [];
    private readonly List<Sid> unqueued = [];
    private readonly HashSet<CarrierRuleUse> usedRules = [];
    private readonly List<CarrierRuleSample> draws = [];
    private readonly List<CarrierDelivery> deliveries = [];
    private readonly List<CarrierDelivery> nextReports = [];
    private readonly List<Sid> delivered = [];

    private readonly List<QueuedMedia> mediaToFetch = [];
    private readonly List<(StoredMedia Media, ReadOnlyMemory<byte> Bytes)> media = [];
    private readonly List<Sid> mediaEnded = [];
    private readonly List<(Sid Message, string[] Urls)> mediaKept = [];
    private readonly List<SessionCookies> cookies = [];

    private readonly List<MessageMove> moves = [];

    /// <summary>Every change of a message's status, in order.</summary>
    public IReadOnlyList<MessageMove> Moves => moves;

    /// <summary>The new messages: those received, and those sent in answer.</summary>
    public IReadOnlyList<Message> Added => added;

    /// <summary>A SID for what is new in the batch; see <see cref="SidPrefix"/>.</summary>
    public Sid NewSid(string prefix) => sids.New(prefix);

    /// <summary>A new message that waits for no stage: one that was received.</summary>
    public void Add(Message message) => added.Add(message);

    /// <summary>A new message to be sent, which waits for its first stage as if it came from the API.</summary>
    public void Send(Message message)
    {
        added.Add(message);
        if (message is { Status: MessageStatus.Queued, MediaUrls.Count: > 0 }) mediaToFetch.Add(QueuedMedia.Of(message, message.DateCreated));
        else enqueued.Add(QueuedMessage.Of(message));
    }

    /// <summary>A message that had the status <paramref name="was"/> when it was loaded, and the callback that its change owes.</summary>
    public void Move(Message message, MessageStatus was, StatusCallback? owed)
    {
        // One that moves twice is written once: it had the first status, and has the last.
        moved.TryAdd(message.Sid, (message, was));
        moves.Add(new(message, was, message.Status, message.ErrorCode));
        if (owed is not null) Owe(owed);
    }

    /// <summary>A callback owed.</summary>
    public void Owe(StatusCallback callback) => Owe((sid, token) => new(sid, token, callback));

    /// <summary>A webhook owed.</summary>
    /// <param name="webhook">Makes it of its SID and its idempotency token.</param>
    public void Owe(Func<Sid, Guid, Webhook> webhook) => webhooks.Add(webhook(sids.New(SidPrefix.Webhook), SidSource.NewToken()));

    /// <summary>How a sender was selected.</summary>
    public void Record(SenderSelection selection) => selections.Add(selection);

    /// <summary>A sender that was used.</summary>
    public void Use(PoolSender sender)
    {
        if (!used.Contains(sender)) used.Add(sender);
    }

    /// <summary>A sender that a recipient keeps from now on.</summary>
    public void Remember(StickySender sticky) => Note(sticky, remembered, forgotten);

    /// <summary>A sender that a recipient keeps no longer.</summary>
    public void Forget(StickySender sticky) => Note(sticky, forgotten, remembered);

    /// <summary>Makes a message wait for a stage, whatever it waited for before.</summary>
    /// <inheritdoc cref="MoveOn"/>
    public void Place(Sid message, MessageStage stage, DateTimeOffset due, bool hasTurn = false) => placed.Add(Entry(message, stage, due, hasTurn));

    /// <summary>Makes a message wait for its next stage in place of the one that worked on it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="due">When it is due.</param>
    /// <param name="hasTurn">Whether that is its turn at its sender.</param>
    public void MoveOn(Sid message, MessageStage stage, DateTimeOffset due, bool hasTurn = false) => movedOn.Add(Entry(message, stage, due, hasTurn));

    /// <summary>A sender's backlog that a message has joined.</summary>
    public void Keep(SenderBacklog backlog) => backlogs.Add(backlog);

    /// <summary>The message waits for no stage any more.</summary>
    public void Unqueue(Sid message) => unqueued.Add(message);

    /// <summary>Makes a message wait for its media.</summary>
    public void Fetch(QueuedMedia entry) => mediaToFetch.Add(entry);

    /// <summary>A medium that was fetched.</summary>
    public void Store(StoredMedia fetched, ReadOnlyMemory<byte> bytes) => media.Add((fetched, bytes));

    /// <summary>Of the media of an inbound message only these are there.</summary>
    public void KeepMedia(Message message, IEnumerable<string> urls) => mediaKept.Add((message.Sid, [.. urls]));

    /// <summary>The cookies of a session from now on.</summary>
    public void Keep(SessionCookies session) => cookies.Add(session);

    /// <summary>The message waits for its media no longer.</summary>
    public void EndFetch(Sid message) => mediaEnded.Add(message);

    /// <summary>
    /// A carrier rule that has decided something for a message, at once counted for what is asked next in this transaction. A message
    /// counts once, also over several transactions; a rule for all messages is not counted. The rule is one of <see cref="CarrierRuleReader.LockAsync"/>.
    /// </summary>
    public void UseRule(CarrierRule rule, Sid message)
    {
        if (rule.Times is null) return;
        rule.Use(message);
        usedRules.Add(new(rule.Sid, message));
    }

    /// <summary>
    /// The carrier rules with a <see cref="CarrierRule.Percent"/> have been asked about a message: it takes its place in their draw, once, whether
    /// they apply to it or not. They are of <see cref="CarrierRuleReader.LockAsync"/>.
    /// </summary>
    public void Draw(IEnumerable<CarrierRule> rules, CarrierMessage message)
    {
        foreach (var rule in rules)
            if (rule.Draw(message) is { } draw) draws.Add(draw);
    }

    /// <summary>A message that the simulated carrier has taken.</summary>
    public void Deliver(CarrierDelivery delivery) => deliveries.Add(delivery);

    /// <summary>The carrier's next report on a message.</summary>
    public void ReportNext(CarrierDelivery delivery) => nextReports.Add(delivery);

    /// <summary>The carrier has no more to report.</summary>
    public void EndDelivery(Sid message) => delivered.Add(message);

    /// <summary>Writes everything within the transaction.</summary>
    /// <exception cref="ConcurrencyException">A message no longer had the status it was loaded with; nothing may be committed.</exception>
    public async Task SaveAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        // Queues before what waits in them, as in every transaction (those of messages are locked already): so nobody who empties or locks
        // tables waits in a circle.
        if (enqueued.Count > 0) batch.BatchCommands.Add(MessageQueueStatements.Enqueue(enqueued, maybeStored: false));
        if (placed.Count > 0) batch.BatchCommands.Add(MessageQueueStatements.Place(placed));
        if (added.Count > 0) batch.BatchCommands.Add(InsertMessages.Command(added, maybeStored: false));
        if (added.Exists(message => message.Price is not null)) batch.BatchCommands.Add(InsertMessages.Prices(added));
        var move = moved.Count > 0 ? MoveMessages.Command([.. moved.Values]) : null;
        if (move is not null) batch.BatchCommands.Add(move);
        var forgetting = moved.Values.Select(m => m.Message).Where(m => m.ForgetsWhenItEnds && m.Status.IsTerminal()).ToList();
        if (forgetting.Count > 0) batch.BatchCommands.Add(DiscardContentStatements.Command(forgetting));
        foreach (var (message, urls) in mediaKept) batch.BatchCommands.Add(MediaBytes.Keep(message, urls));
        if (mediaToFetch.Count > 0) batch.BatchCommands.Add(MediaClaims.Enqueue(mediaToFetch));
        foreach (var (fetched, bytes) in media) batch.BatchCommands.Add(MediaBytes.Insert(fetched, bytes));
        if (mediaEnded.Count > 0) batch.BatchCommands.Add(MediaClaims.End(mediaEnded));
        if (webhooks.Count > 0)
        {
            batch.BatchCommands.Add(InsertWebhooks.QueueCommand(webhooks));
            batch.BatchCommands.Add(InsertWebhooks.Command(webhooks));
        }

        if (cookies.Count > 0)
        {
            batch.BatchCommands.Add(SessionCookieStatements.Keep(cookies));
            batch.BatchCommands.Add(SessionCookieStatements.RemoveOld(cookies[0].Expires - SessionCookies.Lifetime));
        }

        if (selections.Count > 0) batch.BatchCommands.Add(MessageQueueStatements.InsertSelections(selections));
        if (used.Count > 0) batch.BatchCommands.Add(MessageQueueStatements.SaveUses(used));
        if (remembered.Count > 0) batch.BatchCommands.Add(StickySenderStatements.Remember([.. remembered.Values]));
        if (forgotten.Count > 0) batch.BatchCommands.Add(StickySenderStatements.Forget([.. forgotten.Values]));
        if (backlogs.Count > 0) batch.BatchCommands.Add(SenderBacklogStatements.Keep([.. backlogs]));
        if (movedOn.Count > 0) batch.BatchCommands.Add(MessageQueueStatements.MoveOn(movedOn));
        if (unqueued.Count > 0) batch.BatchCommands.Add(MessageQueueStatements.Unqueue(unqueued));
        // Before the deliveries, by which it knows repeats.
        if (draws.Count > 0) batch.BatchCommands.Add(CarrierStatements.Draw(draws));
        if (usedRules.Count > 0) batch.BatchCommands.Add(CarrierStatements.Use([.. usedRules]));
        if (deliveries.Count > 0) batch.BatchCommands.Add(CarrierStatements.Insert(deliveries));
        if (nextReports.Count > 0) batch.BatchCommands.Add(CarrierStatements.Update(nextReports));
        if (delivered.Count > 0) batch.BatchCommands.Add(CarrierStatements.Delete(delivered));
        if (batch.BatchCommands.Count == 0) return;
        await batch.ExecuteNonQueryAsync(cancellation);
        if (move is not null && move.RecordsAffected != moved.Count) throw new ConcurrencyException();
    }

    /// <summary>Of several changes to what is remembered of one recipient the last one holds.</summary>
    private static void Note(
        StickySender sticky, Dictionary<(Sid, Channel, string), StickySender> noted, Dictionary<(Sid, Channel, string), StickySender> instead)
    {
        var key = (sticky.MessagingServiceSid, sticky.Channel, sticky.To);
        noted[key] = sticky;
        instead.Remove(key);
    }

    private static QueuedMessage Entry(Sid message, MessageStage stage, DateTimeOffset due, bool hasTurn = false) =>
        new() { MessageSid = message, Stage = stage, Due = due, HasTurn = hasTurn };
}

/// <summary>Somebody else moved a message of the batch; the work is done again on what is stored now.</summary>
internal sealed class ConcurrencyException() : Exception("A message of the batch was moved by somebody else.");
