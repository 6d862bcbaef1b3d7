using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A reset and a deletion hold on every server, and survive the server that began them.</summary>
public sealed class ResetOfTwoServersTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Handset = "+14155552671";

    [Fact]
    public async Task What_a_killed_server_has_begun_another_one_finishes()
    {
        await using var first = await ServerUnderTest.StartAsync(database.ConnectionString);
        await using var second = await ServerUnderTest.StartAsync(database.ConnectionString);
        using var account = await NewAsync(first);
        using var other = await NewAsync(first);
        for (var i = 0; i < 20; i++) await account.SendAsync(Handset);
        await other.UntilAsync(await other.SendAsync(Handset), "delivered");
        // The reset has stored its task and cannot remove this message yet.
        await using var holder = new Npgsql.NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await holder.OpenAsync();
        await using var hold = new Npgsql.NpgsqlCommand(
            $"BEGIN; SELECT FROM messages WHERE account_sid = '{account.Sid}' FOR UPDATE", holder);
        await hold.ExecuteNonQueryAsync();
        var reset = account.Api.PostAsync(TestApi.ResetPath, ("Scope", "all"));
        await Eventually.TrueAsync(
            async () => await CountAsync("account_tasks", account) is > 0L, () => "The reset has not begun");

        await first.KillAsync();
        await Record.ExceptionAsync(() => reset);
        await holder.CloseAsync();

        await Eventually.TrueAsync(
            async () => await CountAsync("messages", account) + await CountAsync("phone_numbers", account)
                + await CountAsync("messaging_services", account) + await CountAsync("account_tasks", account) == 0L,
            () => "The reset is not finished", TimeSpan.FromMinutes(1));
        Assert.Equal(1L, await CountAsync("messages", other));
    }

    [Fact]
    public async Task A_message_that_a_stage_has_when_it_is_removed_is_no_failure_of_the_stage()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);
        using var account = await NewAsync(server);

        for (var i = 0; i < 100; i++)
        {
            await account.SendAsync(Handset);
            await account.Api.PostAsync(TestApi.ResetPath).ExpectAsync(204);
        }

        Assert.DoesNotContain("is retried", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_whose_body_comes_after_the_deletion_leaves_nothing()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        using var account = await NewAsync(server);
        using var client = ClientOf(server, account);
        using SlowForm form = new("FriendlyName=Late");
        var late = client.PostAsync("/v1/Services", form);
        await form.Begun;

        await server.Api.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);
        // A body is slow when it takes more than a second.
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        form.Finish();

        Assert.Equal(HttpStatusCode.Unauthorized, (await late).StatusCode);
        Assert.Equal(0L, await CountAsync("messaging_services", account));
    }

    [Fact]
    public async Task A_deleted_account_is_unknown_on_all_servers_and_its_callbacks_end()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var first = await ServerUnderTest.StartAsync(database.ConnectionString);
        await using var second = await ServerUnderTest.StartAsync(database.ConnectionString);
        using var account = await NewAsync(first);
        using var elsewhere = ClientOf(second, account);
        await elsewhere.Api.GetAsync("/v1/Services").ExpectAsync(200);
        TaskCompletionSource answer = new();
        receiver.MayRespond = answer.Task;
        for (var i = 0; i < 5; i++) await account.SendAsync(Handset, ("StatusCallback", receiver.Url));

        await second.Api.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);

        answer.SetResult();
        await Eventually.TrueAsync(
            async () => (await elsewhere.Api.GetAsync("/v1/Services")).Status == 401, () => "It is still known");
        var received = receiver.Received.Count;
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal(received, receiver.Received.Count);
        Assert.Equal(0L, await CountAsync("messages", account) + await CountAsync("webhooks", account));
    }

    private async Task<long> CountAsync(string table, Subaccount account) => (long)(await Sql.ScalarAsync(
        database.ConnectionString, $"SELECT count(*) FROM {table} WHERE account_sid = '{account.Sid}'"))!;

    private static Task<Subaccount> NewAsync(ServerUnderTest server) =>
        Subaccount.CreateAsync(server.Api, (sid, token) => Client(server, sid, token));

    private static HttpClient ClientOf(ServerUnderTest server, Subaccount account) =>
        Client(server, account.Sid, account.Token);

    private static HttpClient Client(ServerUnderTest server, string sid, string token) => new()
    {
        BaseAddress = server.Http.BaseAddress,
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sid}:{token}"))),
        },
    };

    /// <summary>A form whose second half comes when the test says so.</summary>
    private sealed class SlowForm : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource begun = new();
        private readonly TaskCompletionSource finish = new();

        public SlowForm(string text)
        {
            bytes = Encoding.ASCII.GetBytes(text);
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        public Task Begun => begun.Task;

        public void Finish() => finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            begun.SetResult();
            await finish.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
