using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>NumbersApi.Root by area code: fictional ones first, never one twice.</summary>
public sealed class AreaCodeTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("202")]
    [InlineData("472")]
    [InlineData("604")]
    public async Task A_free_fictional_number_is_given(string areaCode)
    {
        var number = await server.PostAsync(NumbersApi.Path, ("AreaCode", areaCode),
            ("SmsUrl", "https://example.com/sms")).ExpectAsync(201);

        Assert.Equal(($"+1{areaCode}5550100", "https://example.com/sms"), (number["phone_number"], number["sms_url"]));
        Assert.Equal($"+1{areaCode}5550101",
            (await server.PostAsync(NumbersApi.Path, ("AreaCode", areaCode)).ExpectAsync(201))["phone_number"]);
    }

    [Fact]
    public async Task A_named_number_wins_over_the_area_code()
    {
        var number = NumbersApi.New();

        var created = await server.PostAsync(NumbersApi.Path, ("PhoneNumber", number),
            ("AreaCode", "nonsense")).ExpectAsync(201);
        Assert.Equal(number, created["phone_number"]);
    }

    [Fact]
    public async Task Numbers_after_the_fictional_ones_differ_for_concurrent_callers()
    {
        for (var i = 0; i < 99; i++) await server.PostAsync(NumbersApi.Path, ("AreaCode", "312")).ExpectAsync(201);

        var answers = await Task.WhenAll(Enumerable.Range(0,
            6).Select(_ => server.PostAsync(NumbersApi.Path, ("AreaCode", "312")).ExpectAsync(201)));

        Assert.Equal(["+13122000000", "+13122000001", "+13122000002", "+13122000003", "+13122000004", "+13125550199"],
            answers.Select(answer => answer["phone_number"]).Order(StringComparer.Ordinal));
    }
}
