using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Selection;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Outbound.Selection;

/// <summary>A server keeps pools in memory between selections, and no change of a pool is missed.</summary>
public sealed class PoolCacheTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private int recipients;

    [Fact]
    public async Task A_change_by_another_writer_counts_for_the_next_message()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550161", "+14155550162");
        Assert.Equal(["+14155550161", "+14155550162", "+14155550161"], await SendersAsync(service, 3));

        // Another server has used the second one.
        await ExecuteAsync("UPDATE pool_senders SET last_used = 1000 WHERE address = '+14155550162'");
        Assert.Equal(["+14155550161", "+14155550162"], await SendersAsync(service, 2));

        await ExecuteAsync("UPDATE pool_senders SET last_used = 2000 WHERE address = '+14155550161'");
        Assert.Equal(["+14155550162"], await SendersAsync(service, 1));

        await ExecuteAsync("DELETE FROM pool_senders WHERE address = '+14155550162'");
        Assert.Equal(["+14155550161", "+14155550161"], await SendersAsync(service, 2));
    }

    [Fact]
    public async Task A_selection_that_waited_for_another_server_sees_what_that_one_committed()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550163");
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var other = await connection.BeginTransactionAsync();
        await using (var change = new NpgsqlCommand(
            $"UPDATE messaging_services SET friendly_name = 'Changed' WHERE sid = '{service}'; "
                + $"UPDATE pool_senders SET last_used = 7 WHERE messaging_service_sid = '{service}'", connection))
            await change.ExecuteNonQueryAsync();
        SelectionOpening opening = new([Message.Accept(
            new(Sid.Create(SidPrefix.TextMessage, 1), Sid.Parse(MessagingServer.AccountSid), "+14155550100", "Hi")
            {
                MessagingServiceSid = Sid.Parse(service),
            }, DateTimeOffset.UnixEpoch)]);
        await using var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(CancellationToken.None);

        var opened = work.OpenAsync(opening, CancellationToken.None);
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
            is 1L, () => "The selection does not wait.");
        await other.CommitAsync();
        await opened;

        PoolVersion committed = new(await VersionOfAsync("messaging_services", "sid", service));
        committed.Add(
            Sid.Parse((string)(await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT sid FROM pool_senders WHERE messaging_service_sid = '{service}'"))!),
            await VersionOfAsync("pool_senders", "messaging_service_sid", service));
        Assert.True(opening.Versions[Sid.Parse(service)].IsSameAs(committed));

        async Task<uint> VersionOfAsync(string table, string column, string sid) => (uint)(await Sql.ScalarAsync(
            server.ConnectionString, $"SELECT xmin FROM {table} WHERE {column} = '{sid}'"))!;
    }

    [Fact]
    public void Any_change_of_a_row_makes_another_version()
    {
        var version = Version(1, 2, 3);

        Assert.True(version.IsSameAs(Version(1, 2, 3)));
        Assert.False(version.IsSameAs(Version(9, 2, 3)));
        Assert.False(version.IsSameAs(Version(1, 2, 9)));
        Assert.False(version.IsSameAs(Version(1, 2)));
        Assert.True(version.After(9, new HashSet<Sid> { Sender(1) }).IsSameAs(Version(1, 2, 9)));
    }

    private static PoolVersion Version(uint service, params uint[] senders)
    {
        PoolVersion version = new(service);
        for (var i = 0; i < senders.Length; i++) version.Add(Sender(i), senders[i]);
        return version;
    }

    private static Sid Sender(int number) => Sid.Create(SidPrefix.PhoneNumber, (UInt128)number);

    private async Task<List<string?>> SendersAsync(string service, int messages)
    {
        List<string?> senders = [];
        for (var i = 0; i < messages; i++)
        {
            var sid = await server.Api.Messages.SendAsync(
                ("To", $"+1415558{++recipients:0000}"), ("MessagingServiceSid", service), ("Body", "Hi"));
            senders.Add((await server.Api.Messages.UntilAsync(sid, "delivered"))["from"]);
        }

        return senders;
    }

    private Task<object?> ExecuteAsync(string sql) => Sql.ScalarAsync(server.ConnectionString, sql);
}
