using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The countries whose carriers have approved an RCS sender.</summary>
public sealed class ApprovedCountriesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Emulated = "/emulator/v1/ChannelSenders";

    [Fact]
    public void The_only_parameter_is_tried() =>
        Field.AssertCovers(typeof(ApproveChannelSenderForm), [], triedElsewhere: "ApprovedCountries");

    [Fact]
    public async Task They_are_kept_in_upper_case_without_repeats_in_their_order()
    {
        var agent = ChannelSendersApi.NewAgent();
        var sid = await server.Api.ChannelSenders.CreateAsync(agent);

        var approved = await server.Api.ChannelSenders.ApproveAsync(sid, "gb", "US", "GB", "us", "Fr").ExpectAsync(200);

        Assert.Equal(["account_sid", "approved_countries", "date_created", "date_updated", "sender_id", "sid"],
            approved.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((sid, agent, MessagingServer.AccountSid),
            (approved["sid"], approved["sender_id"], approved["account_sid"]));
        Assert.Equal("GB US FR", Countries(approved));
        Assert.Equal(["GB", "US", "FR"],
            (await server.GetAsync($"{ChannelSendersApi.Path}/{sid}")).Body!["compliance"]!["countries"]!.AsArray()
            .Select(country => country!["country"]!.ToString()));
    }

    [Fact]
    public async Task Another_call_replaces_them_and_an_absent_or_empty_one_clears()
    {
        var sid = await server.Api.ChannelSenders.CreateAsync();

        Assert.Equal("US", Countries(await server.Api.ChannelSenders.ApproveAsync(sid, "US").ExpectAsync(200)));
        Assert.Equal("GB", Countries(await server.Api.ChannelSenders.ApproveAsync(sid, "GB").ExpectAsync(200)));
        Assert.Equal("", Countries(await server.Api.ChannelSenders.ApproveAsync(sid).ExpectAsync(200)));
        await server.Api.ChannelSenders.ApproveAsync(sid, "US").ExpectAsync(200);
        Assert.Equal("", Countries(await server.Api.ChannelSenders.ApproveAsync(sid, "").ExpectAsync(200)));
    }

    [Theory]
    [InlineData("USA")]
    [InlineData("U")]
    [InlineData("XX")]
    [InlineData("UK")]
    [InlineData("001")]
    [InlineData("US,GB")]
    [InlineData("US", "")]
    [InlineData("US", "Germany")]
    public async Task Unknown_countries_are_refused_and_change_nothing(params string[] countries)
    {
        var sid = await server.Api.ChannelSenders.CreateAsync();
        await server.Api.ChannelSenders.ApproveAsync(sid, "FR").ExpectAsync(200);

        await server.Api.ChannelSenders.ApproveAsync(sid, countries).ExpectErrorAsync(400, 20001);

        Assert.Single((await server.GetAsync($"{ChannelSendersApi.Path}/{sid}"))
            .Body!["compliance"]!["countries"]!.AsArray());
    }

    [Fact]
    public async Task A_whatsapp_sender_needs_no_approval() =>
        await server.Api.ChannelSenders.ApproveAsync(
            await server.Api.ChannelSenders.CreateAsync("whatsapp:+14155550133"), "US").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task An_unknown_sender_or_another_accounts_is_not_found()
    {
        using var other = await server.OtherAccountAsync();

        await server.Api.ChannelSenders.ApproveAsync("XE00000000000000000000000000000000", "US").ExpectErrorAsync(404,
            20404);
        await server.Api.ChannelSenders.ApproveAsync("nonsense", "US").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{Emulated}/{await server.Api.ChannelSenders.CreateAsync()}",
            ("ApprovedCountries", "US")).ExpectErrorAsync(404, 20404);
    }

    private static string Countries(ApiResponse answer) =>
        string.Join(' ', answer.Body!["approved_countries"]!.AsArray().Select(code => code!.ToString()));
}
