using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>Messages that come in, and what is sent in answer, are counted and traced like those of the API.</summary>
public sealed class InboundTelemetryTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task What_comes_in_and_what_is_answered_is_counted_and_traced()
    {
        await using var collector = await SpanCollector.StartAsync();
        await using var app = await InboundApp.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString,
            [.. Fast.Carrier, .. collector.Options]);
        var number = NumbersApi.New();
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", number),
            ("SmsUrl", app.AnswerText("/sms", "Hello")));
        var handset = new Handset(server.Http, "+12125550100");

        var received = await handset.SendAsync(number, "Hi");
        var reply = await handset.ExpectSmsAsync("Hello");

        var scrape = await Scrape.UntilAsync(server, scrape => scrape["messages_replied_total"] == 1
            && scrape["webhooks_ended_total outcome=delivered"] == 1);
        Assert.Equal(1, scrape["messages_received_total"]);
        Assert.Equal(["deliver inbound webhook", "receive message"],
            (await collector.OfMessageAsync(received["sid"]!, 2)).Select(span => span.Name).Order());
        Assert.Contains("reply", (await collector.OfMessageAsync(reply.Sid, 3)).Select(span => span.Name));
    }
}
