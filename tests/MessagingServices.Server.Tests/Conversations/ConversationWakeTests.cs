using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Conversations;

/// <summary>A webhook of a conversation is sent at once, also when nothing else happens on the server.</summary>
public sealed class ConversationWakeTests(AcceptingMessagingServer server) : IClassFixture<AcceptingMessagingServer>
{
    [Fact]
    public async Task A_message_of_a_conversation_wakes_the_stage_that_delivers_webhooks()
    {
        var conversation = await server.Api.Conversations.CreateAsync(("FriendlyName", "Wake"));
        await server.PostAsync($"{conversation}/Webhooks", ("Target", "webhook"),
            ("Configuration.Url", "http://127.0.0.1:9/"), ("Configuration.Filters", "onMessageAdded"))
            .ExpectAsync(201);
        var signals = server.Services.GetRequiredService<PipelineSignals>();
        SleepingStage stage = new();
        signals.Register(stage);

        using var telling = server.Client(MessagingServer.AccountSid, MessagingServer.AuthToken);
        telling.DefaultRequestHeaders.Add("X-Twilio-Webhook-Enabled", "true");
        await telling.Api.PostAsync($"{conversation}/Messages", ("Body", "Hi")).ExpectAsync(201);

        await signals.RestAsync(stage, TimeSpan.FromHours(1), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class SleepingStage : PipelineStage
    {
        public override WorkQueues Queue => WorkQueues.Webhooks;

        public override Task<int> RunOnceAsync(CancellationToken cancellation) => Task.FromResult(0);
    }
}
