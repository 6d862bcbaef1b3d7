using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Two servers on one PostgreSQL take inbound messages: each causes one webhook and one reply.</summary>
[Collection(typeof(PairOfServers))]
public sealed class InboundOfTwoServersTests(TwoServers servers)
{
    private const string Inbound = "/emulator/v1/InboundMessages";
    private const int Messages = 200;

    [Fact]
    public async Task One_webhook_and_one_reply_for_each_message_whichever_server_takes_it()
    {
        await using var app = await InboundApp.StartAsync();
        var (one, other) = await servers.NewAccountAsync();
        var number = NumbersApi.New();
        await one.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", number),
            ("SmsUrl", app.AnswerTwiml("/sms", "<Message>Hello</Message>")));

        await Parallel.ForEachAsync(Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
            await (i % 2 == 0 ? one : other).Api.CreateAsync(Inbound, ("From", $"+1415557{i:0000}"), ("To", number),
                ("Body", $"Message {i}")));
        foreach (var i in Enumerable.Range(0, Messages))
            await new Handset(one.Http, $"+1415557{i:0000}").ExpectSmsAsync("Hello");

        Assert.Equal(Messages, app.At("/sms").Select(request => request["MessageSid"]).Distinct().Count());
        Assert.Equal(Messages, app.At("/sms").Count);
        Assert.Equal((long)Messages, await Sql.ScalarAsync(servers.ConnectionString,
            $"SELECT count(*) FROM messages WHERE direction = 'outbound_reply' AND account_sid = '{one.Sid}'"));
    }
}
