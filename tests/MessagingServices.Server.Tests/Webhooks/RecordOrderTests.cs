using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>Readers of the list of webhooks store pending callbacks whose results are being stored.</summary>
public sealed class RecordOrderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Sid Account = Sid.Parse(MessagingServer.AccountSid);

    [Fact]
    public async Task A_reader_of_the_list_and_the_writer_of_results_do_not_wait_for_each_other()
    {
        var (first, second) = (NewWebhook(1), NewWebhook(2));
        var memory = server.Services.GetRequiredService<OwnedMessages>();
        foreach (var webhook in new[] { first, second })
        {
            Assert.True(memory.TryAdd(Message.Accept(
                new(webhook.MessageSid, Account, "+14155550100", "Hi"), DateTimeOffset.UnixEpoch), out _));
            await Sql.ScalarAsync(server.ConnectionString,
                $"INSERT INTO owned_messages VALUES ('{webhook.MessageSid}', '{memory.Node.Id}')");
        }

        await using NpgsqlConnection reader = new(server.ConnectionString + ";Pooling=false");
        await reader.OpenAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await StoreAsync(reader, first);
        var recording = server.Services.GetRequiredService<NpgsqlDataSource>().RecordOwnedAsync(
            memory.Node, [ResultOf(second), ResultOf(first)], [], CancellationToken.None);
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                AND query LIKE '%INSERT INTO webhooks%'
            """) is > 0L, () => "The writer does not wait.");

        // PostgreSQL would end one of two that wait for each other.
        await StoreAsync(reader, second);
        await reading.CommitAsync();

        Assert.Equal([first.Sid, second.Sid], (await recording).OrderBy(sid => sid.Value));
        Assert.Equal(2L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM webhooks WHERE outcome = 'delivered' AND account_sid = '{Account}'"));
        memory.ForgetAll();
    }

    private static Webhook NewWebhook(int message) => new(new StatusCallback(
        Account, Sid.Create(SidPrefix.TextMessage, (UInt128)message), "http://example.com/",
        [new("MessageStatus", "queued")], DateTimeOffset.UnixEpoch)
    {
        Number = 1,
    });

    private static WebhookDelivery ResultOf(Webhook webhook) => new(webhook.Sid, WebhookOutcome.Delivered, [])
    {
        Claim = new(webhook, "http://example.com:80", "token"),
    };

    private static async Task StoreAsync(NpgsqlConnection reader, Webhook webhook)
    {
        await using NpgsqlCommand command = new(
            $"""
             INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token,
                 date_created, attempts, outcome)
             VALUES ('{webhook.Sid}', '{Account}', '{webhook.MessageSid}', 'status_callback', 'POST', '', '[]',
                 gen_random_uuid(), now(), '[]', 'pending')
             """, reader);
        await command.ExecuteNonQueryAsync();
    }
}
