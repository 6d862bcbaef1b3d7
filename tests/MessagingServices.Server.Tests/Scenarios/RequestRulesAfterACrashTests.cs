using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>What request rules have counted survives kill -9, and what they have done is committed.</summary>
public sealed class RequestRulesAfterACrashTests(PostgresServer postgres)
{
    private const string Rules = "/emulator/v1/RequestRules";

    [Fact]
    public async Task Counts_and_messages_without_an_answer_survive_a_crash()
    {
        await using var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        List<int> statuses = [];
        await using (var first = await ServerUnderTest.StartAsync(database.ConnectionString))
        {
            await first.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14155550100"));
            await first.Api.CreateAsync(Rules, ("StatusCode", "503"), ("Times", "3"), ("Method", "GET"));
            await first.Api.CreateAsync(
                Rules, ("StatusCode", "429"), ("Percent", "50"), ("Seed", "2"), ("Path", "/v1/Services"));
            await first.Api.CreateAsync(Rules, ("Disconnect", "after"), ("Method", "POST"), ("Times", "1"));
            for (var i = 0; i < 4; i++) statuses.Add((await first.Api.GetAsync("/v1/Services")).Status);
            await Assert.ThrowsAsync<HttpRequestException>(() => first.Api.PostAsync(
                MessagesApi.Path, ("To", "+14155550177"), ("From", "+14155550100"), ("Body", "Hi")));
            await first.KillAsync();
        }

        await using var second = await ServerUnderTest.StartAsync(database.ConnectionString);
        for (var i = 0; i < 8; i++) statuses.Add((await second.Api.GetAsync("/v1/Services")).Status);

        var drawn = Enumerable.Range(1, 12).Select(number => RuleDraw.IsSelected(
            2, 50, "GET messaging.twilio.com/v1/Services", number)).ToList();
        var left = 3;
        Assert.Equal(drawn.Select(isSelected => isSelected ? 429 : left-- > 0 ? 503 : 200), statuses);
        Assert.Single((await second.Api.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
    }
}
