using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Prices are the configuration's; what was charged is the message's.</summary>
public sealed class PricesOfTwoServersTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task What_was_charged_stays_when_the_table_is_changed()
    {
        string first;
        await using (var before = await ServerUnderTest.StartAsync(database.ConnectionString, "--Prices:Sms:US",
            "0.01"))
        {
            await before.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14152550165"));
            first = await SentAsync(before);
            Assert.Equal("-0.01000", await PriceAsync(before, first));
        }

        await using var after = await ServerUnderTest.StartAsync(database.ConnectionString, "--Prices:Sms:US", "0.02");

        Assert.Equal("-0.01000", await PriceAsync(after, first));
        Assert.Equal("-0.02000", await PriceAsync(after, await SentAsync(after)));
    }

    private static Task<string> SentAsync(ServerUnderTest server) =>
        server.Api.Messages.SendAsync(("To", "+14155550100"), ("From", "+14152550165"), ("Body", "Hi"));

    private static async Task<string?> PriceAsync(ServerUnderTest server, string sid) =>
        (await server.Api.Messages.UntilAsync(sid, "delivered"))["price"];
}
