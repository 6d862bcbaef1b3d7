using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>A webhook that was put aside keeps its place before later ones of its message.</summary>
public sealed class HeldWebhookTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Message = "SM00000000000000000000000000000001";
    private const string Earlier = "WH00000000000000000000000000000001";
    private const string Later = "WH00000000000000000000000000000002";

    [Fact]
    public async Task Later_ones_wait_for_it()
    {
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             INSERT INTO webhook_queue (webhook_sid, account_sid, message_sid, endpoint)
             VALUES ('{Later}', '{Account}', '{Message}', 'http://127.0.0.1:9');
             INSERT INTO held_webhooks (webhook_sid, account_sid, message_sid, ordinal, endpoint, queued_at)
             VALUES ('{Earlier}', '{Account}', '{Message}', 0, 'http://127.0.0.1:9', now())
             """);
        await using var data = DataSources.Create(database.ConnectionString);

        Assert.Equal(0, (await ClaimAsync()).Count);
        await Sql.ScalarAsync(database.ConnectionString, "DELETE FROM held_webhooks");
        Assert.Equal(Later, Assert.Single(Assert.Single((await ClaimAsync()).Endpoints).Sids).Value);

        Task<ClaimBatch> ClaimAsync() =>
            data.ClaimWebhooksAsync(Guid.NewGuid(), "", [], 10, CancellationToken.None);
    }
}
