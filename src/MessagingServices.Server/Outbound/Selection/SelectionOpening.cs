using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// The beginning of a transaction that selects senders. It locks the Messaging Services of the messages with their
/// pools and sticky senders, so that one server at a time selects senders for a service, and finds out what there is to
/// read: most messages need no more.
/// </summary>
internal sealed class SelectionOpening(IReadOnlyCollection<Message> messages) : ITransactionOpening
{
    private const string LockServices =
        "SELECT sid, xmin FROM messaging_services WHERE sid = ANY ($1) ORDER BY sid FOR NO KEY UPDATE";

    // A statement of its own: it must see what was committed while the lock was awaited.
    private const string ReadPools =
        """
        SELECT messaging_service_sid, sid, xmin FROM pool_senders WHERE messaging_service_sid = ANY ($1)
        ORDER BY ordinal
        """;

    private static readonly string ReadFacts =
        $"""
        SELECT {(int)SelectionFacts.CarrierRules} * EXISTS (
                SELECT FROM carrier_rules WHERE account_sid = ANY ($1))::int
            + {(int)SelectionFacts.OptOuts} * EXISTS (
                SELECT FROM opt_outs WHERE account_sid = ANY ($1) AND recipient = ANY ($2))::int
            + {(int)SelectionFacts.StickySenders} * EXISTS (
                SELECT FROM sticky_senders WHERE messaging_service_sid = ANY ($3) AND "to" = ANY ($2))::int,
            pg_current_xact_id()::xid
        """;

    private readonly Dictionary<Sid, SelectionInput> inputs = [];
    private readonly Dictionary<Sid, PoolVersion> versions = [];

    /// <summary>
    /// What the senders are selected for, by message; without messages that this version cannot parse.
    /// </summary>
    public IReadOnlyDictionary<Sid, SelectionInput> Inputs => inputs;

    /// <summary>The versions of the Messaging Services that exist, with their pools. They are locked.</summary>
    public IReadOnlyDictionary<Sid, PoolVersion> Versions => versions;

    /// <summary>What there is to read.</summary>
    public SelectionFacts Facts { get; private set; }

    /// <summary>The ID of the transaction: the version of the rows that it writes.</summary>
    public uint TransactionId { get; private set; }

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands)
    {
        foreach (var message in messages)
        {
            if (message.Status is MessageStatus.Accepted or MessageStatus.Scheduled
                && SelectionInput.Of(message) is { } input) inputs[message.Sid] = input;
        }

        var services = inputs.Values.Select(input => input.MessagingServiceSid).Distinct().Values();
        commands.Add(new(LockServices) { Parameters = { Scalar.Of(services) } });
        commands.Add(new(ReadPools) { Parameters = { Scalar.Of(services) } });
        commands.Add(new(ReadFacts)
        {
            Parameters =
            {
                Scalar.Of(messages.Select(message => message.AccountSid).Distinct().Values()),
                Scalar.Of([.. inputs.Values.Select(input => input.To.Handset).Distinct()]),
                Scalar.Of(services),
            },
        });
    }

    /// <inheritdoc/>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
            versions.Add(Sid.Parse(reader.GetString(0)), new(reader.GetFieldValue<uint>(1)));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            // A pool is removed with its service, so a pool without one has just been added.
            if (versions.TryGetValue(Sid.Parse(reader.GetString(0)), out var version))
                version.Add(Sid.Parse(reader.GetString(1)), reader.GetFieldValue<uint>(2));
        }

        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        (Facts, TransactionId) = ((SelectionFacts)reader.GetInt32(0), reader.GetFieldValue<uint>(1));
    }
}
