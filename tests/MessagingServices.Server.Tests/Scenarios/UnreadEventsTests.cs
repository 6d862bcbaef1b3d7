using System.Net.Sockets;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A client that does not read its event stream costs other clients nothing.</summary>
[Collection(typeof(LoadTests))]
public sealed class UnreadEventsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int Messages = 700;

    // Three bytes each. All events of a message have it: together far more than the server holds for a client and the
    // operating system holds for a connection.
    private static readonly string Body = new('語', 1600);

    [Fact]
    public async Task A_client_that_has_not_read_1_MB_gets_one_resync_and_the_others_get_everything()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var number = await account.Api.Numbers.CreateNewAsync();
        using var slow = await ConnectAsync(account);
        await using var reader = await EventStream.OpenAsync(account.Http, "Types=message.created");

        List<string> sent = [];
        for (var i = 0; i < Messages; i++)
            sent.Add(await account.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", number), ("Body", Body)));

        await Eventually.TrueAsync(() => reader.Events.Count >= Messages, () => $"{reader.Events.Count} events");
        Assert.Equal(sent, reader.Events.Select(found => found["sid"]));
        var unread = await ReadUntilAsync(slow, "event: resync");
        Assert.True(unread.Split("event: message.created").Length < Messages, "It got all events and a resync");
        var last = await account.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", number), ("Body", "Hi"));
        var rest = await ReadUntilAsync(slow, last);
        Assert.DoesNotContain("event: resync", rest, StringComparison.Ordinal);
    }

    private async Task<TcpClient> ConnectAsync(TestAccount account)
    {
        TcpClient client = new() { ReceiveBufferSize = 4096 };
        Uri address = new(server.Url);
        await client.ConnectAsync(address.Host, address.Port);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Sid}:{account.AuthToken}"));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {EventStream.Path} HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"Authorization: Basic {credentials}\r\n\r\n"));
        await ReadUntilAsync(client, "retry: 1000");
        return client;
    }

    private static async Task<string> ReadUntilAsync(TcpClient client, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        StringBuilder read = new();
        var buffer = new byte[16 * 1024];
        while (!read.ToString(Math.Max(0, read.Length - (2 * buffer.Length)), Math.Min(read.Length, 2 * buffer.Length))
            .Contains(text, StringComparison.Ordinal))
        {
            var count = await client.GetStream().ReadAsync(buffer, patience.Token);
            Assert.True(count > 0, "The server has closed the connection");
            read.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return read.ToString();
    }
}

/// <summary>After an outage of the database, it is unknown what was missed.</summary>
public sealed class EventsAfterAnOutageTests(ProxiedMessagingServer server) : IClassFixture<ProxiedMessagingServer>
{
    [Fact]
    public async Task Listeners_get_a_resync_when_the_database_works_again()
    {
        await using var stream = await EventStream.OpenAsync(server.Http);

        server.Proxy.ToApiError();
        await Eventually.TrueAsync(
            async () => (await server.GetAsync("/v1/Services")).Status == 503, () => "The database works");
        await Task.Delay(TimeSpan.FromSeconds(1));
        server.Proxy.Accept();

        await stream.ExpectAsync("resync");
        await Eventually.TrueAsync(
            async () => (await server.GetAsync("/v1/Services")).Status == 200, () => "The outage has not ended");
        var rule = await server.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);
    }
}
