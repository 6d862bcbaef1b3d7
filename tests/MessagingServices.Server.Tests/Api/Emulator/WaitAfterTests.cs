using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>With <c>After</c>, a caller who waits reads all messages in their order.</summary>
public sealed class WaitAfterTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private readonly string to = Handset.NewAddress();
    private string from = "";
    private string before = "";

    public async ValueTask InitializeAsync()
    {
        from = await server.Api.Numbers.CreateNewAsync();
        before = await SendAsync("before");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_oldest_newer_message_that_matches_is_answered()
    {
        await server.Api.Messages.SendAsync(("From", from), ("To", Handset.NewAddress()), ("Body", "to another"));
        var first = await SendAsync("first");
        var second = await SendAsync("second");

        Assert.Equal(first, (await WaitAsync(before))["sid"]);
        Assert.Equal(second, (await WaitAsync(first))["sid"]);
        Assert.Equal(second, (await WaitAsync(before, ("BodyContains", "second")))["sid"]);
        Assert.Equal((404, "20404"), await NothingAsync(second));
    }

    [Fact]
    public async Task A_message_that_comes_later_is_answered_when_it_is_there()
    {
        var waiting = WaitAsync(before, ("Timeout", "60"));

        var sid = await SendAsync("at last");

        Assert.Equal(sid, (await waiting)["sid"]);
    }

    [Fact]
    public async Task Messages_of_one_microsecond_are_read_one_after_the_other()
    {
        List<string> sent = [await SendAsync("one"), await SendAsync("two"), await SendAsync("three")];
        await Sql.ScalarAsync(server.ConnectionString,
            $"UPDATE messages SET date_created = '2030-01-01', stored_at = '2030-01-01' WHERE \"to\" = '{to}'");

        Assert.Equal(sent, await ReadAllAsync(sent.Count));
    }

    [Fact]
    public async Task Messages_sent_at_once_are_all_read()
    {
        var sending = Task.WhenAll(Enumerable.Range(0, 100).Select(number => SendAsync($"number {number}")));

        var read = await ReadAllAsync(100);

        Assert.Equal((await sending).Order(), read.Order());
    }

    [Fact]
    public async Task A_message_that_is_being_stored_is_not_passed_over()
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        var slow = await BeginToStoreAsync(connection);
        var fast = await SendAsync("fast");

        var waiting = WaitAsync(before);
        await Eventually.TrueAsync(
            async () => (long)(await Sql.ScalarAsync(server.ConnectionString,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE "
                + "'%virtualtransaction%' AND pid <> pg_backend_pid()"))! > 0,
            () => "Nobody waits for the transaction.");
        await using var commit = new NpgsqlCommand("COMMIT", connection);
        await commit.ExecuteNonQueryAsync();

        Assert.Equal(slow, (await waiting)["sid"]);
        Assert.Equal(fast, (await WaitAsync(slow))["sid"]);
    }

    [Fact]
    public async Task A_message_that_the_account_does_not_have_is_404()
    {
        using var other = await server.OtherAccountAsync();
        var path = MessagesApi.WaitPath(("After", before), ("Timeout", "0"));
        await SendAsync("after");

        Assert.Equal(200, (await server.GetAsync(path)).Status);
        Assert.Equal((404, "20404"), Error(await other.Api.GetAsync(path)));
        foreach (var sid in new[] { $"SM{new string('0', 32)}", MessagingServer.AccountSid })
        {
            var response = await WaitAsync(sid, ("Timeout", "60"));
            Assert.Equal((404, "20404"), Error(response));
            Assert.Equal($"The account has no message {sid}", response["message"]);
        }
    }

    [Fact]
    public async Task A_deleted_message_is_left_out_and_is_no_place_to_go_on_from()
    {
        var (first, second) = (await SendAsync("first"), await SendAsync("second"));
        await server.Api.Messages.UntilAsync(first, "delivered");
        await server.DeleteAsync(MessagesApi.PathOf(first)).ExpectAsync(204);

        Assert.Equal(second, (await WaitAsync(before))["sid"]);
        Assert.Equal((404, "20404"), Error(await WaitAsync(first, ("Timeout", "60"))));
    }

    [Fact]
    public async Task A_redacted_message_keeps_its_place_without_its_text()
    {
        var (first, second) = (await SendAsync("first code"), await SendAsync("second code"));
        await server.Api.Messages.UntilAsync(first, "delivered");
        await server.PostAsync(MessagesApi.PathOf(first), ("Body", "")).ExpectAsync(200);

        var read = await WaitAsync(before);

        Assert.Equal((first, ""), (read["sid"], read["body"]));
        Assert.Equal(second, (await WaitAsync(first))["sid"]);
        Assert.Equal(second, (await WaitAsync(before, ("BodyContains", "code")))["sid"]);
    }

    [Fact]
    public async Task Many_who_wait_at_once_get_the_same_message()
    {
        var waiting = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => WaitAsync(before, ("Timeout", "60"))));

        var sid = await SendAsync("for all");

        Assert.All(await waiting, answer => Assert.Equal((200, sid), (answer.Status, answer["sid"])));
    }

    [Fact]
    public async Task An_empty_After_is_none()
    {
        var sid = await SendAsync("newest");

        Assert.Equal(sid, (await WaitAsync(""))["sid"]);
    }

    private static (int, string?) Error(ApiResponse response) => (response.Status, response["code"]);

    private Task<string> SendAsync(string body) =>
        server.Api.Messages.SendAsync(("From", from), ("To", to), ("Body", body));

    private Task<ApiResponse> WaitAsync(string after, params (string Name, string Value)[] more) =>
        server.GetAsync(MessagesApi.WaitPath([("To", to), ("After", after), .. more]));

    private async Task<(int, string?)> NothingAsync(string after) => Error(await WaitAsync(after, ("Timeout", "0")));

    private async Task<List<string>> ReadAllAsync(int count)
    {
        List<string> read = [];
        while (read.Count < count)
            read.Add((await WaitAsync(read.LastOrDefault(before), ("Timeout", "30")).ExpectAsync(200))["sid"]!);
        Assert.Equal((404, "20404"), await NothingAsync(read[^1]));
        return read;
    }

    /// <summary>Stores a copy of the first message, and does not commit it yet. Returns its SID.</summary>
    private async Task<string> BeginToStoreAsync(NpgsqlConnection connection)
    {
        var columns = await Sql.ScalarAsync(server.ConnectionString,
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
            + "WHERE table_name = 'messages' AND column_name NOT IN ('sid', 'ordinal')");
        var sid = $"SM{Guid.NewGuid():N}";
        await using var insert = new NpgsqlCommand(
            $"BEGIN; INSERT INTO messages (sid, {columns}) SELECT '{sid}', {columns} FROM messages "
            + $"WHERE sid = '{before}'", connection);
        await insert.ExecuteNonQueryAsync();
        return sid;
    }
}
