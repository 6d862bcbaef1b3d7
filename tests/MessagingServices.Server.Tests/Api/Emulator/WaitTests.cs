using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Waiting for a message instead of asking for it again and again.</summary>
public sealed class WaitTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string Pool = "+14155550131";
    private static int tests;
    private readonly string to = $"+1415555{2000 + Interlocked.Increment(ref tests)}";
    private string service = "";

    public async ValueTask InitializeAsync() => service =
        (string?)await Sql.ScalarAsync(server.ConnectionString, "SELECT sid FROM messaging_services LIMIT 1")
        ?? await server.Api.Services.CreateWithPoolAsync(Pool);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_newest_message_that_exists_is_answered_as_the_2010_resource()
    {
        await SendAsync("first");
        var sid = await SendAsync("second");

        var answer = await WaitAsync(("To", to));

        Assert.Equal(200, answer.Status);
        Assert.Equal(sid, answer["sid"]);
        Assert.Equal((await server.GetAsync(MessagesApi.PathOf(sid))).Body.Names(), answer.Body.Names());
    }

    [Fact]
    public async Task A_message_that_comes_later_is_answered_when_it_is_there()
    {
        var waiting = WaitAsync(("To", to), ("Timeout", "60"));

        var sid = await SendAsync("at last");

        Assert.Equal(sid, (await waiting)["sid"]);
    }

    [Fact]
    public async Task A_status_is_waited_for()
    {
        var sid = await SendAsync("to be delivered");

        var answer = await WaitAsync(("To", to), ("Status", "delivered"), ("Timeout", "60"));

        Assert.Equal((200, sid, "delivered"), (answer.Status, answer["sid"], answer["status"]));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public async Task When_the_time_is_over_the_answer_is_404(string timeout, int least)
    {
        var began = TimeProvider.System.GetTimestamp();

        var answer = await WaitAsync(("To", to), ("Timeout", timeout));

        Assert.Equal((404, "20404"), (answer.Status, answer["code"]));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(least),
            TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("100%_safe\\d", "0%_s", true)]
    [InlineData("100%_safe\\d", "e\\d", true)]
    [InlineData("100%_safe\\d", "1%d", false)]
    [InlineData("100%_safe\\d", "%%", false)]
    [InlineData("100%_safe\\d", "___", false)]
    [InlineData("Code", "code", false)]
    [InlineData("Grüße, 你好 😀", "好 😀", true)]
    public async Task A_piece_of_the_text_is_taken_as_it_is(string body, string piece, bool found)
    {
        await SendAsync(body);

        var answer = await WaitAsync(("To", to), ("BodyContains", piece), ("Timeout", "0"));

        Assert.Equal(found ? 200 : 404, answer.Status);
    }

    [Fact]
    public async Task Addresses_are_read_however_people_write_them()
    {
        var sid = await SendAsync("written");
        var written = $"({to[2..5]}) {to[5..8]}-{to[8..]}";

        var answer = await WaitAsync(("To", written), ("From", "415-555-0131"), ("Timeout", "60"));

        Assert.Equal(sid, answer["sid"]);
    }

    [Theory]
    [InlineData("Direction", "outbound-api", 200)]
    [InlineData("Direction", "inbound", 404)]
    [InlineData("MessagingServiceSid", "MG00000000000000000000000000000001", 404)]
    [InlineData("Status", "failed", 404)]
    [InlineData("From", "+14155550199", 404)]
    [InlineData("BodyContains", "", 200)]
    public async Task Every_condition_must_hold(string name, string value, int status)
    {
        await SendAsync("one of many");

        Assert.Equal(status, (await WaitAsync(("To", to), (name, value), ("Timeout", "0"))).Status);
    }

    [Fact]
    public async Task Of_a_Messaging_Service()
    {
        var sid = await SendAsync("through it");

        Assert.Equal(sid, (await WaitAsync(("To", to), ("MessagingServiceSid", service)))["sid"]);
    }

    [Theory]
    [InlineData("Status", "finished", "Status 'finished' is no status of a message")]
    [InlineData("Direction", "outbound", "Direction 'outbound' is no direction of a message")]
    [InlineData("After", "first", "After 'first' is not a valid SID")]
    [InlineData("MessagingServiceSid", "MG1", "MessagingServiceSid 'MG1' is not a valid SID")]
    [InlineData("Timeout", "", "invalid literal for int() with base 10: ''")]
    [InlineData("Timeout", "soon", "invalid literal for int() with base 10: 'soon'")]
    [InlineData("Timeout", "-1", "Timeout must be 0 to 60 seconds")]
    [InlineData("Timeout", "99999999999", "Timeout must be 0 to 60 seconds")]
    [InlineData("Timeout", "61", "Timeout must be 0 to 60 seconds")]
    public async Task Bad_parameters_are_refused(string name, string value, string message)
    {
        var answer = await WaitAsync((name, value));

        Assert.Equal((400, "20001", message), (answer.Status, answer["code"], answer["message"]));
    }

    [Fact]
    public async Task Another_account_sees_nothing()
    {
        const string other = "AC000000000000000000000000000000aa";
        await OtherAccount.AddAsync(server.ConnectionString, other, "othertoken");
        await SendAsync("private");
        using var stranger = server.Client(other, "othertoken");
        using var anonymous = server.Client();

        Assert.Equal(404, (await stranger.Api.GetAsync(MessagesApi.WaitPath(("To", to), ("Timeout", "0")))).Status);
        Assert.Equal(401, (await anonymous.Api.GetAsync(MessagesApi.WaitPath(("To", to)))).Status);
    }

    private Task<string> SendAsync(string body) =>
        server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", to), ("Body", body));

    private Task<ApiResponse> WaitAsync(params (string Name, string Value)[] query) =>
        server.GetAsync(MessagesApi.WaitPath(query));
}
