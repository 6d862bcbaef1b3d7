using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>Back to the beginning, also in the middle of work.</summary>
public sealed class ResetTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string To = "+14155552671";

    /// <summary>The rows that belong to messages.</summary>
    private const string Left =
        """
        SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM webhooks) + (SELECT count(*) FROM message_queue)
            + (SELECT count(*) FROM webhook_queue) + (SELECT count(*) FROM carrier_deliveries) + (SELECT count(*) FROM
                sender_selections)
            + (SELECT count(*) FROM carrier_rules) + (SELECT count(*) FROM carrier_rule_uses)
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("messages")]
    public async Task Messages_go_and_what_sends_them_stays(string? scope)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync($"+141555501{(scope is null ? 81 : 82)}");
        await server.PostAsync("/emulator/v1/CarrierRules", ("DelayMs", "20")).ExpectAsync(201);
        await server.Api.Messages.UntilAsync(await SendAsync(service, receiver.Url), "delivered");
        await receiver.UntilAsync(received => received.Count == 3);

        Assert.Equal(204, (await ResetAsync(scope)).Status);

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString, Left));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString, "SELECT max(last_used) FROM pool_senders"));
        await server.Api.Messages.UntilAsync(await SendAsync(service, receiver.Url), "delivered");
        await receiver.UntilAsync(received => received.Count == 6);
    }

    [Fact]
    public async Task While_messages_flow_nothing_is_left_behind_and_the_server_goes_on()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550183", "+14155550184");
        using var enough = new CancellationTokenSource();
        var flowing = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested) await SendAsync(service, receiver.Url);
        })).ToList();

        for (var i = 0; i < 15; i++)
        {
            // So that every reset has something to remove, on its way through the stages.
            await receiver.UntilAsync(received => received.Count > i * 20);
            await server.PostAsync("/emulator/v1/CarrierRules", ("DelayMs", "5"), ("Times", "100")).ExpectAsync(201);
            Assert.Equal(204, (await ResetAsync("messages")).Status);
        }

        await enough.CancelAsync();
        await Task.WhenAll(flowing);
        Assert.Equal(204, (await ResetAsync("messages")).Status);
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString, Left));

        var sid = await SendAsync(service, null);
        await server.Api.Messages.UntilAsync(sid, "delivered");
        // The message and its selection.
        Assert.Equal(2L, await Sql.ScalarAsync(server.ConnectionString, Left));
    }

    [Theory]
    [InlineData("")]
    [InlineData("everything")]
    public async Task An_unknown_scope_is_refused(string scope)
    {
        var answer = await ResetAsync(scope);

        Assert.Equal((400, "20001", $"Scope must be messages or all, not '{scope}'"),
            (answer.Status, answer["code"], answer["message"]));
    }

    [Fact]
    public async Task It_needs_credentials()
    {
        using var anonymous = server.Client();

        await anonymous.Api.PostAsync(TestApi.ResetPath).ExpectErrorAsync(401, 20003);
    }

    private Task<string> SendAsync(string service, string? callback) =>
        server.Api.Messages.SendAsync([("MessagingServiceSid", service), ("To", To), ("Body", "Hi"),
            .. callback is null ? [] : new[] { ("StatusCallback", callback) }]);

    private async Task<ApiResponse> ResetAsync(string? scope) => scope is null
        ? await ApiResponse.ReadAsync(await server.Http.PostAsync(TestApi.ResetPath, null))
        : await server.PostAsync(TestApi.ResetPath, ("Scope", scope));
}
