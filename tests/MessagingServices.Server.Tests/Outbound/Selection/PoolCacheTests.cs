using MessagingServices.Server.Outbound.Selection;
using MessagingServices.Server.Tests.Fixtures;

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
