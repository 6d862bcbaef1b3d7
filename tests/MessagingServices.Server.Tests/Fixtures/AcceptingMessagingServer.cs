namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A server that only accepts messages: they stay as they were stored.</summary>
public sealed class AcceptingMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    private readonly SidSource sids = new(TimeProvider.System);

    /// <summary>How many messages are stored.</summary>
    public async Task<int> CountAsync() =>
        (int)(long)(await Sql.ScalarAsync(ConnectionString, "SELECT count(*) FROM messages"))!;

    /// <summary>A message that could be accepted, but for what is named.</summary>
    public Message NewMessage(
        string to = "+14155550100", string body = "Hello", Sid? sid = null, int validityPeriod = 60) => Message.Accept(
        new(sid ?? sids.New(SidPrefix.TextMessage), Sid.Parse(AccountSid), to, body) { From = "+14155550161",
            ValidityPeriod = validityPeriod },
        TimeProvider.System.GetUtcNow());

    protected override bool IsReused => true;

    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Pipeline:Stages", "")];
}
