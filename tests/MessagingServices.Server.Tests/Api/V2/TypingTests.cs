using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2;

/// <summary>Typing indicators, v2 and v3, and the lists of deactivated numbers.</summary>
public sealed class TypingTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string V2 = "/v2/Indicators/Typing.json", V3 = "/v3/Indicators/Typing.json";

    [Fact]
    public async Task An_inbound_WhatsApp_message_can_be_answered_with_a_typing_indicator()
    {
        var message = await ReceiveAsync("whatsapp:");

        var form = await server.PostAsync(V2, ("messageId", message), ("channel", "whatsapp")).ExpectAsync(200);
        var json = await server.Api.PostJsonAsync(V3, $$"""{"channel": "WHATSAPP", "messageId": "{{message}}"}""")
            .ExpectAsync(200);

        Assert.Equal("""{"success":true}""", form.Text);
        Assert.Equal("""{"success":true}""", json.Text);
    }

    [Fact]
    public async Task Other_messages_and_channels_are_refused()
    {
        var (message, sms) = (await ReceiveAsync("whatsapp:"), await ReceiveAsync(""));
        using var other = await server.OtherAccountAsync();

        await server.PostAsync(V2, ("messageId", sms), ("channel", "whatsapp")).ExpectErrorAsync(400, 20001);
        await server.PostAsync(V2, ("messageId", "SM1"), ("channel", "whatsapp")).ExpectErrorAsync(400, 20001);
        await server.PostAsync(V2, ("messageId", message)).ExpectErrorAsync(400, 20001);
        await server.PostAsync(V2, ("channel", "whatsapp")).ExpectErrorAsync(400, 20001);
        await server.PostAsync(V2, ("messageId", message), ("channel", "rcs")).ExpectErrorAsync(400, 20001);
        await server.Api.PostJsonAsync(V3, """{"channel": "APPLE", "from": "a", "to": "b", "event": "START"}""")
            .ExpectErrorAsync(403, 20403);
        await server.Api.PostJsonAsync(V3, """{"channel": "WHATSAPP"}""").ExpectErrorAsync(400, 20001);
        await other.Api.PostAsync(V2, ("messageId", message), ("channel", "whatsapp")).ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task Deactivations_redirect_to_a_file_without_credentials()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = server.Http.DefaultRequestHeaders.Authorization;

        var response = await ApiResponse.ReadAsync(await client.GetAsync("/v1/Deactivations?Date=2024-01-02"));

        Assert.Equal((307, response["redirect_to"]),
            (response.Status, response.Response.Headers.Location?.ToString()));
        using var anybody = server.Client();
        var file = await anybody.GetStringAsync(response["redirect_to"]);
        Assert.All(file.TrimEnd('\n').Split('\n'), number => Assert.Matches(@"^\+1202555\d{4}$", number));
        Assert.Equal(file, await anybody.GetStringAsync(response["redirect_to"]));
        Assert.Equal(307, (await ApiResponse.ReadAsync(await client.GetAsync("/v1/Deactivations"))).Status);
    }

    [Theory]
    [InlineData("2020-08-26", 30113)]
    [InlineData("2999-01-01", 30114)]
    [InlineData("01/02/2024", 30115)]
    public async Task Deactivations_of_other_days_are_refused(string date, int code) =>
        await server.GetAsync($"/v1/Deactivations?Date={date}").ExpectErrorAsync(400, code);

    private async Task<string> ReceiveAsync(string channel)
    {
        var number = NumbersApi.New();
        if (channel.Length > 0) await server.Api.ChannelSenders.CreateAsync(channel + number);
        else await server.Api.Numbers.CreateAsync(number);
        return (await server.Api.Messages.OpenWindowAsync($"{channel}+14155550199", channel + number))["sid"]!;
    }
}
