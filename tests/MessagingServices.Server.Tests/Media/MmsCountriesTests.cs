using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Media;

/// <summary>
/// MMS reaches the US, Puerto Rico and Canada: https://help.twilio.com/articles/223179808. A carrier rule can decide
/// otherwise.
/// </summary>
public sealed class MmsCountriesTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private MediaServer media = null!;

    public async ValueTask InitializeAsync() => media = await MediaServer.StartAsync();

    public ValueTask DisposeAsync() => media.DisposeAsync();

    [Theory]
    [InlineData("+14155550123", false)]
    [InlineData("+17875550123", false)]
    [InlineData("+16475550123", false)]
    [InlineData("+18765550123", true)]
    [InlineData("+447700900123", true)]
    public async Task Elsewhere_the_converter_sends_an_sms_with_a_link(string to, bool isConverted)
    {
        var number = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(number);

        var message = await server.Api.Messages.SendAndFinishAsync(service, to, ("MediaUrl", media.PictureUrl));

        Assert.Equal(("delivered", number, "MM"), (message["status"], message["from"], message["sid"]![..2]));
        Assert.Equal(isConverted, message["body"]!.Contains("/m/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elsewhere_an_mms_does_not_arrive_without_the_converter()
    {
        const string to = "+447700900124";
        var number = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.PostAsync($"/v1/Services/{service}", ("MmsConverter", "false")).ExpectAsync(200);

        Assert.Equal("undelivered 30011", await server.Api.Messages.OutcomeAsync(service, to, "a", media.PictureUrl));
        Assert.Equal("undelivered 30011", await server.Api.Messages.OutcomeAsync(number, to, "a", media.PictureUrl));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, to));
    }

    [Fact]
    public async Task A_carrier_rule_decides_otherwise()
    {
        const string to = "+447700900125";
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", to), ("SupportsMms", "true")).ExpectAsync(201);

        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, to, "a", media.PictureUrl));
    }
}
