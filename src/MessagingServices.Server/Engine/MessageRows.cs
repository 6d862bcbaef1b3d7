using Microsoft.EntityFrameworkCore;
using Npgsql;
using Moved = (MessagingServices.Domain.Messages.Message Message, MessagingServices.Domain.Messages.MessageStatus Was);

namespace MessagingServices.Server.Engine;

/// <summary>New messages, and messages that change their status.</summary>
internal sealed class MessageRows : IBatchPart
{
    /// <summary>The statuses in which a message has ended, as they are stored.</summary>
    public static readonly string[] Terminal =
        [.. Enum.GetValues<MessageStatus>().Where(status => status.IsTerminal()).Select(EnumNames<MessageStatus>.Of)];

    private static readonly ColumnSet<Message> New = new()
    {
        { "sid", message => message.Sid },
        { "account_sid", message => message.AccountSid },
        { "messaging_service_sid", message => message.MessagingServiceSid },
        { "direction", message => EnumNames<MessageDirection>.Of(message.Direction) },
        { "from", message => message.From },
        { "channel_install_sid", message => message.ChannelInstallSid },
        { "fallback_from", message => message.FallbackFrom },
        { "to", message => message.To },
        { "body", message => message.Body },
        {
            "media_urls", message => message.MediaUrls.Count == 0 ? null : string.Join('\n', message.MediaUrls),
            "coalesce(string_to_array(row.media_urls, E'\\n'), '{}')"
        },
        { "num_segments", message => message.NumSegments },
        { "status", message => EnumNames<MessageStatus>.Of(message.Status) },
        { "status_callback", message => message.StatusCallback },
        { "validity_period", message => message.ValidityPeriod },
        { "send_at", message => message.SendAt },
        { "date_created", message => message.DateCreated },
        { "date_updated", "row.date_created" },
        { "date_sent", message => message.DateSent },
        { "status_changes", message => StoredJson.Write(message.StatusChanges) },
        { "options", message => (int)message.Options },
        { "content_sid", message => message.ContentSid },
    };

    private static readonly Statement<Message> InsertNew = Statement.InsertInOrder("messages", New);

    // After a commit in doubt the same SIDs are written again, and stored rows stay as they are. A different message
    // with the same SID would be answered as if it was stored: the NULL makes the database refuse it. A message that
    // has ended since may have discarded its recipient.
    private static readonly Statement<Message> InsertMissing = Statement.InsertInOrder("messages", New,
        $"""
        ON CONFLICT (sid) DO UPDATE SET direction = CASE
            WHEN messages.account_sid = excluded.account_sid AND messages.date_created = excluded.date_created
                AND (messages."to" = excluded."to"
                    OR messages.options & excluded.options & {(int)MessageOptions.ObfuscateAddress} <> 0)
            THEN messages.direction END
        """);

    // Only inbound messages have a price from the start: the many others use the statement without one.
    private static readonly Statement<Message> SetPrice = new(
        new() { { "sid", message => message.Sid }, { "price", message => message.Price } },
        c => $"UPDATE messages SET {c.Assignments("sid")} FROM {c.Rows} WHERE messages.sid = row.sid");

    private static readonly ColumnSet<Moved> Changed = new()
    {
        { "sid", moved => moved.Message.Sid },
        { "was", moved => EnumNames<MessageStatus>.Of(moved.Was) },
        { "from", moved => moved.Message.From },
        { "channel_install_sid", moved => moved.Message.ChannelInstallSid },
        { "num_segments", moved => moved.Message.NumSegments },
        { "status", moved => EnumNames<MessageStatus>.Of(moved.Message.Status) },
        { "error_code", moved => moved.Message.ErrorCode },
        { "date_updated", moved => moved.Message.DateUpdated },
        { "date_sent", moved => moved.Message.DateSent },
        { "status_changes", moved => StoredJson.Write(moved.Message.StatusChanges) },
        { "price", moved => moved.Message.Price },
        { "selection_id", moved => moved.Message.SelectionId },
    };

    private static readonly Statement<Moved> Update = new(Changed, ChangeStatus);

    // Few messages change their text on the way: the many others use the statement without texts.
    private static readonly Statement<Moved> UpdateWithTexts = new(new(Changed)
    {
        { "body", moved => moved.Message.IsRewritten ? moved.Message.Body : null, "coalesce(row.body, messages.body)" },
        { "sent_body", moved => moved.Message.SentBody, "coalesce(row.sent_body, messages.sent_body)" },
        {
            "replaced_characters", moved => moved.Message.ReplacedCharacters,
            "coalesce(row.replaced_characters, messages.replaced_characters)"
        },
        {
            "options", moved => moved.Message.IsRewritten ? (int?)moved.Message.Options : null,
            "coalesce(row.options, messages.options)"
        },
        {
            "carrier_plan", moved => moved.Message.CarrierPlan is { } plan ? StoredJson.Write(plan) : null,
            "coalesce(row.carrier_plan, messages.carrier_plan)"
        },
    }, ChangeStatus);

    // A link in an SMS leads to media that the recipient still may open.
    private static readonly Statement<Message> Discard = new(
        new()
        {
            { "sid", message => message.Sid },
            { "to", message => message.To },
            { "discards", message => message.Options.HasFlag(MessageOptions.DiscardContent) },
        },
        c => $$"""
            WITH ended AS MATERIALIZED (
                SELECT * FROM {{c.Rows}}
            ), discarded AS (
                DELETE FROM media USING ended WHERE media.message_sid = ended.sid AND discards AND link_token IS NULL
            )
            UPDATE messages SET "to" = ended."to", body = CASE WHEN discards THEN '' ELSE body END,
                sent_body = CASE WHEN discards THEN NULL ELSE sent_body END,
                replaced_characters = CASE WHEN discards THEN NULL ELSE replaced_characters END,
                media_urls = CASE WHEN discards THEN '{}' ELSE media_urls END
            FROM ended WHERE messages.sid = ended.sid
            """);

    private readonly List<Message> inserted = [];
    private readonly OrderedDictionary<Sid, Moved> moved = [];
    private readonly List<MessageMove> moves = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Messages;

    /// <summary>The new messages.</summary>
    public IReadOnlyList<Message> Inserted => inserted;

    /// <summary>Every change of a status, in order.</summary>
    public IReadOnlyList<MessageMove> Moves => moves;

    /// <summary>Adds a new message that waits for no stage.</summary>
    public void Insert(Message message) => inserted.Add(message);

    /// <summary>Changes a message's status.</summary>
    /// <inheritdoc cref="WriteBatch.Move"/>
    public void Move(Message message, MessageStatus was)
    {
        // A message that moves twice is written once: from its first status to its last.
        moved.TryAdd(message.Sid, (message, was));
        moves.Add(new(message, was, message.Status, message.ErrorCode));
    }

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (inserted.Count > 0) commands.Add((maybeStored ? InsertMissing : InsertNew).For(inserted));
        if (inserted.Exists(message => message.Price is not null)) commands.Add(SetPrice.For(inserted));
        if (moved.Count == 0) return;
        List<Moved> rows = [.. moved.Values];
        var statement = rows.Exists(row => row.Message.IsRewritten) ? UpdateWithTexts : Update;
        commands.Add(statement.For(rows, Scalar.Of(Terminal), Scalar.Of(rows.Count)));
        var discarding = rows.Select(row => row.Message).Where(m => m.DiscardsWhenEnded && m.Status.IsTerminal())
            .ToList();
        if (discarding.Count > 0) commands.Add(Discard.For(discarding));
    }

    /// <summary>
    /// Finds the messages that <see cref="ConcurrencyException"/> is about: they do not have the status any more that
    /// they were read with. Call it after the rollback.
    /// </summary>
    public async Task<IReadOnlyCollection<Sid>> FindChangedAsync(MessagingDb db, CancellationToken cancellation)
    {
        var sids = moved.Keys.ToList();
        var stored = await db.Messages.Where(message => sids.Contains(message.Sid))
            .Select(message => new { message.Sid, message.Status })
            .ToDictionaryAsync(message => message.Sid, message => message.Status, cancellation);
        return
        [
            .. moved.Where(entry => !stored.TryGetValue(entry.Key, out var status) || status != entry.Value.Was)
                .Select(entry => entry.Key),
        ];
    }

    // The old status is in the WHERE: the second of two servers changes nothing. The division fails when a message is
    // missing, so that the COMMIT behind it in the same round trip is not executed.
    private static string ChangeStatus(ColumnSet<Moved> c) =>
        $"""
        WITH moved AS (
            UPDATE messages SET {c.Assignments("sid", "was")},
                ended_at = CASE WHEN row.status = ANY ({c.Scalar(1)}) THEN now() END
            FROM {c.Rows} WHERE messages.sid = row.sid AND messages.status = row.was
            RETURNING 1
        )
        SELECT 1 / (count(*) = {c.Scalar(2)})::int FROM moved
        """;
}
