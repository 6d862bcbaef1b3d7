using MessagingServices.Server.Tests.Agents;
using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A PostgreSQL that answers, but not as it should. What the same request may survive in a minute is answered with 503
/// and the time after which to repeat it. No message that was answered with 201 is lost.
/// </summary>
public sealed class SufferingDatabaseTests(ImpatientServer server) : IClassFixture<ImpatientServer>
{
    private const string Services = "/v1/Services";

    [Fact]
    public async Task A_read_only_database_takes_nothing_and_is_not_ready()
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        await SetAsync("default_transaction_read_only = on");
        try
        {
            await ExpectUnavailableAsync(server.PostAsync(Services, ("FriendlyName", "Read-only")));
            await ExpectUnavailableAsync(PostMessageAsync(service));
            Assert.Equal("the database is read-only", (await UntilReadyIsAsync(503)).Text);
            Assert.Equal(200, (await server.GetAsync($"{Services}/{service}")).Status);
        }
        finally
        {
            await SetAsync("default_transaction_read_only = off");
        }

        await UntilReadyIsAsync(200);
        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
    }

    [Fact]
    public async Task Connections_to_a_read_only_database_are_left_for_new_ones()
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        await SetAsync("default_transaction_read_only = on");
        await UntilReadyIsAsync(503);

        // New connections can write. Those that the server has can not: as to a standby that was the primary.
        await SetAsync("default_transaction_read_only = off", endsConnections: false);

        await UntilReadyIsAsync(200);
        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
    }

    [Theory]
    [InlineData("statement_timeout")]
    [InlineData("lock_timeout")]
    public async Task A_timeout_of_PostgreSQL_is_answered_503(string timeout)
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        await SetAsync($"{timeout} = '50ms'");
        try
        {
            await using (await LockAsync("messaging_services"))
                await ExpectUnavailableAsync(server.PostAsync($"{Services}/{service}", ("FriendlyName", "Locked")));
            await using (await LockAsync("message_feedback"))
                await ExpectUnavailableAsync(server.PostAsync(FeedbackOf(accepted), ("Outcome", "confirmed")));
        }
        finally
        {
            await SetAsync($"{timeout} = 0");
        }

        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
    }

    [Fact]
    public async Task A_locked_table_holds_no_request_for_longer_than_the_setting()
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        await using var agent = await AgentClient.ConnectAsync(server.Http);
        await using (await LockAsync("messages"))
        {
            var searched = agent.FailAsync(503, 20503, "search_messages");
            var message = PostMessageAsync(service);
            var received = server.PostAsync("/emulator/v1/InboundMessages",
                ("From", NumbersApi.New()), ("To", accepted.From), ("Body", "Hi"));
            var fetched = server.GetAsync(MessagesApi.PathOf(accepted.Sid));
            foreach (var answer in new[] { message, received, fetched }) await ExpectUnavailableAsync(answer);
            await searched;
            // The rest of the database is there.
            Assert.Equal(200, (await server.GetAsync("/readyz")).Status);
            Assert.Equal(200, (await server.GetAsync($"{Services}/{service}")).Status);
        }

        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
    }

    [Fact]
    public async Task A_message_that_could_not_be_stored_in_time_is_not_sent_later()
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        var recipient = NumbersApi.New();
        await using (await TableLock.OfMessagesAsync(server.ConnectionString))
        {
            // The first ones are being stored, and may be stored after the lock. The others wait behind them.
            List<Task<ApiResponse>> messages = [];
            for (var writing = 1L; writing <= 3; writing++)
            {
                messages.Add(PostMessageAsync(service));
                await UntilWaitingAsync("messages", "INSERT INTO messages", writing);
            }

            messages.AddRange(Enumerable.Range(0, 20).Select(_ => PostMessageAsync(service, recipient)));
            foreach (var message in messages) await ExpectUnavailableAsync(message);
        }

        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
        var stored = await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(recipient)}");
        Assert.Empty(stored.Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task A_message_whose_commit_breaks_after_its_response_is_not_stored_later()
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        var recipient = NumbersApi.New();
        await using (await TableLock.OfMessagesAsync(server.ConnectionString))
        {
            await ExpectUnavailableAsync(PostMessageAsync(service, recipient));
            await Sql.ScalarAsync(server.ConnectionString,
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO messages%'");
        }

        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
        var stored = await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(recipient)}");
        Assert.Empty(stored.Body!["messages"]!.AsArray());
    }

    [Theory]
    [InlineData("opt_outs", "SELECT EXISTS", "Body", "Hi")]
    [InlineData("content_templates", "FROM content_templates", "ContentSid", "HX00000000000000000000000000000001")]
    [InlineData("applications", "FROM applications", "ApplicationSid", "AP00000000000000000000000000000001")]
    public async Task Messages_that_wait_for_their_checks_leave_connections_to_other_requests(
        string table, string statement, string field, string value)
    {
        var (service, accepted) = await SendThroughNewServiceAsync();
        // Its selection locks the service, and reads the opt-outs.
        await ExpectDeliveredAsync(accepted);
        (string, string)[] form = field == "ApplicationSid" ? [("Body", "Hi"), (field, value)] : [(field, value)];
        await using (await LockAsync(table))
        {
            var messages = Enumerable.Range(0, 3 * ImpatientServer.Connections)
                .Select(_ => server.PostAsync(MessagesApi.Path,
                    [("To", NumbersApi.New()), ("From", accepted.From), .. form])).ToList();
            await UntilWaitingAsync(table, statement, ImpatientServer.Connections / 2);
            Assert.Equal(200, (await server.GetAsync($"{Services}/{service}")).Status);
            await server.Api.UpdateAsync($"{Services}/{service}", ("FriendlyName", "Changed"));
            foreach (var message in messages) await ExpectUnavailableAsync(message);
        }

        await ExpectDeliveredAsync(accepted, await SendThroughAsync(service));
    }

    [Fact]
    public async Task Waiting_for_a_message_may_take_longer_than_a_request_waits_for_the_database()
    {
        var recipient = NumbersApi.New();
        var waiting = server.GetAsync(MessagesApi.WaitPath(("To", recipient), ("Timeout", "30")));
        await Task.Delay(1.3 * ImpatientServer.RequestTimeout);
        var (_, accepted) = await SendThroughNewServiceAsync(recipient);

        Assert.Equal(accepted.Sid, (await waiting.ExpectAsync(200))["sid"]);
    }

    private static string FeedbackOf(Accepted message) =>
        MessagesApi.Path.Replace(".json", $"/{message.Sid}/Feedback.json", StringComparison.Ordinal);

    private static async Task ExpectUnavailableAsync(Task<ApiResponse> pending)
    {
        var answer = await pending.ExpectErrorAsync(503, 20503);
        Assert.NotNull(answer.Response.Headers.RetryAfter?.Delta);
    }

    private async Task<(string Service, Accepted Message)> SendThroughNewServiceAsync(string? to = null)
    {
        var sender = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        return (service, new((await PostMessageAsync(service, to).ExpectAsync(201))["sid"]!, sender));
    }

    /// <summary>Sends a message as soon as the database takes it again.</summary>
    private async Task<Accepted> SendThroughAsync(string service) =>
        new((await Eventually.ValueAsync(() => PostMessageAsync(service),
            answer => answer.Status == 201, answer => answer.Text))["sid"]!, "");

    private Task<ApiResponse> PostMessageAsync(string service, string? to = null) => server.PostAsync(
        MessagesApi.Path, ("To", to ?? NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Hi"));

    private async Task ExpectDeliveredAsync(params Accepted[] messages)
    {
        foreach (var message in messages) await server.Api.Messages.UntilAsync(message.Sid, "delivered");
    }

    private Task UntilWaitingAsync(string table, string statement, long transactions) => Eventually.TrueAsync(
        async () => (long)(await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted "
            + $"AND relation = '{table}'::regclass AND query LIKE '%{statement}%'"))! >= transactions,
        () => $"No {transactions} transactions wait for {table}.");

    private Task<ApiResponse> UntilReadyIsAsync(int status) => Eventually.ValueAsync(
        () => server.GetAsync("/readyz"), answer => answer.Status == status, answer => answer.Text);

    /// <summary>
    /// Changes a setting of the database. Its connections have the former one, and are ended unless they should stay.
    /// </summary>
    private async Task SetAsync(string setting, bool endsConnections = true)
    {
        var name = new NpgsqlConnectionStringBuilder(server.ConnectionString).Database;
        var direct = server.ConnectionString + ";Options=-c default_transaction_read_only=off -c lock_timeout=0";
        await Sql.ScalarAsync(direct, $"ALTER DATABASE {name} SET {setting}");
        if (!endsConnections) return;
        await Sql.ScalarAsync(direct, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
            + "current_database() AND pid <> pg_backend_pid()");
    }

    private Task<TableLock> LockAsync(string table) => TableLock.OfAsync(server.ConnectionString, table);

    private sealed record Accepted(string Sid, string From);
}

/// <summary>A server whose requests do not wait for the database for long, with few connections.</summary>
public sealed class ImpatientServer(PostgresServer postgres) : MessagingServer(postgres)
{
    public const int Connections = 16;

    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("ConnectionStrings:Postgres", $"{ConnectionString};Maximum Pool Size={Connections}"),
        new("Database:RequestTimeoutMs", $"{RequestTimeout.TotalMilliseconds}"),
    ];
}
