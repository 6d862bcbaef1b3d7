namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A server that keeps no messages in its memory: they go through the queues in the database.</summary>
public sealed class QueueMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    protected override bool IsReused => true;

    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [new("Pipeline:MaxMessagesInMemory", "0")];
}
