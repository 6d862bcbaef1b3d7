using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>A frozen clock gives each message its day; the lists find them by it.</summary>
public sealed class ListMessagesTests(
    FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>, IAsyncLifetime
{
    private readonly List<(string Sid, DateTimeOffset Sent)> messages = [];

    public async ValueTask InitializeAsync()
    {
        await server.PostAsync("/emulator/v1/Reset", ("Scope", "all"));
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+14155550151"));
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+14155550152"));
        for (var day = 0; day < 3; day++)
        {
            await server.PostAsync("/emulator/v1/Clock", ("Advance", "P1D"));
            var sid = await server.Api.Messages.SendAsync(("To", $"+1415555010{day}"),
                ("From", day == 0 ? "+14155550151" : "+14155550152"), ("Body", $"Day {day}"));
            await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1M"));
            var sent = (await server.GetAsync(MessagesApi.PathOf(sid)))["date_sent"]!;
            messages.Add((sid, DateTimeOffset.Parse(sent, System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public Task Newest_first() => AssertFindsAsync("", [2, 1, 0]);

    [Fact]
    public async Task By_recipient_and_sender()
    {
        await AssertFindsAsync("To=%2B14155550101", [1]);
        await AssertFindsAsync("To=%2B1%20(415)%20555-0101", [1]);
        await AssertFindsAsync("From=%2B14155550152", [2, 1]);
        await AssertFindsAsync("From=%2B14155550151&To=%2B14155550100", [0]);
        await AssertFindsAsync("To=%2B14155559999", []);
    }

    [Fact]
    public async Task By_day_sent()
    {
        var day = messages[1].Sent.ToString("yyyy-MM-dd");

        await AssertFindsAsync($"DateSent={day}", [1]);
        await AssertFindsAsync($"DateSent={day}T23:59:59Z", [1]);
        await AssertFindsAsync($"DateSent%3C={day}", [1, 0]);
        await AssertFindsAsync($"DateSent%3E={day}", [2, 1]);
        await AssertFindsAsync($"DateSent%3E={day}&DateSent%3C={day}", [1]);
    }

    [Fact]
    public async Task By_moment_sent()
    {
        var moment = messages[1].Sent;

        await AssertFindsAsync($"DateSent%3C={Encode(moment.AddSeconds(1))}", [1, 0]);
        await AssertFindsAsync($"DateSent%3C={Encode(moment.AddSeconds(-1))}", [0]);
        await AssertFindsAsync($"DateSent%3E={Encode(moment)}", [2, 1]);
        await AssertFindsAsync($"DateSent%3E={Encode(moment.AddSeconds(1))}", [2]);

        static string Encode(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
    }

    [Fact]
    public async Task Page_by_page_there_and_back_even_when_what_was_read_is_deleted()
    {
        var first = await server.GetAsync($"{MessagesApi.Path}?PageSize=1&From=%2B14155550152");
        Assert.Equal((0, 0, 0), Numbers(first));
        Assert.Null(first["previous_page_uri"]);
        Assert.Contains("From=%2B14155550152", first["next_page_uri"], StringComparison.Ordinal);
        await server.DeleteAsync(MessagesApi.PathOf(Sids(first).Single()));

        var second = await server.GetAsync(first["next_page_uri"]!);
        Assert.Equal([messages[1].Sid], Sids(second));
        Assert.Equal((1, 1, 1), Numbers(second));
        Assert.Null(second["next_page_uri"]);

        Assert.Empty(Sids(await server.GetAsync(second["previous_page_uri"]!)));

        static (int, int, int) Numbers(ApiResponse page) =>
            (page.Body!["page"]!.GetValue<int>(), page.Body["start"]!.GetValue<int>(),
                page.Body["end"]!.GetValue<int>());
    }

    private static string[] Sids(ApiResponse page) =>
        [.. page.Body!["messages"]!.AsArray().Select(message => message!["sid"]!.ToString())];

    private async Task AssertFindsAsync(string query, int[] expected) => Assert.Equal(expected,
        Sids(await server.GetAsync($"{MessagesApi.Path}?{query}"))
            .Select(sid => messages.FindIndex(message => message.Sid == sid)));
}
