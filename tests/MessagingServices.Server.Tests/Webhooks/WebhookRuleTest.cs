using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>A test of webhook rules: an account with a Messaging Service and a receiver of its own.</summary>
public abstract class WebhookRuleTest(MessagingServer server) : IAsyncLifetime
{
    private protected TestAccount Account { get; private set; } = null!;

    private protected CallbackReceiver Receiver { get; private set; } = null!;

    private protected string Service { get; private set; } = "";

    private protected MessagingServer Server => server;

    private protected WebhookRulesApi Rules => Account.Api.WebhookRules;

    public async ValueTask InitializeAsync()
    {
        Account = await TestAccount.CreateAsync(server.Http);
        Receiver = await CallbackReceiver.StartAsync();
        Service = await Account.Api.Services.CreateWithCallbackAsync(Receiver.Url, NumbersApi.New());
    }

    public async ValueTask DisposeAsync()
    {
        Account.Http.Dispose();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends a message and waits until it is delivered; its webhooks, once none is pending.</summary>
    private protected async Task<IReadOnlyList<JsonNode>> DeliverAsync(params (string Name, string Value)[] more)
    {
        var sid = await SendAsync(more);
        await Account.Api.Messages.UntilAsync(sid, "delivered");
        return await Account.Api.Messages.WebhooksAsync(sid);
    }

    private protected Task<string> SendAsync(params (string Name, string Value)[] more) =>
        Account.Api.Messages.SendAsync(
        [
            .. more.Any(field => field.Name == "To") ? [] : new[] { ("To", NumbersApi.New()) },
            ("MessagingServiceSid", Service), ("Body", "Hi"), .. more,
        ]);

    private protected string[] Received() => [.. Receiver.Received.Select(callback => callback.Status)];

    private protected Task UntilAsideAsync(string message, string step) => Eventually.TrueAsync(
        async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM webhook_queue WHERE message_sid = '{message}' AND step = '{step}'") is 1L,
        () => $"No webhook of {message} is {step}.");

    /// <summary>A day has passed.</summary>
    private protected Task<object?> EndTheWaitAsync(string message) => Sql.ScalarAsync(server.ConnectionString,
        $"UPDATE webhook_queue SET not_before = now() WHERE message_sid = '{message}' AND not_before IS NOT NULL");
}
