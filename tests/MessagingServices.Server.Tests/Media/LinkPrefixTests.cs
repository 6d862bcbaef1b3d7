using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Media;

/// <summary>What the MMS Converter's links begin with.</summary>
public sealed class LinkPrefixTests(PostgresServer postgres)
{
    private const string To = "+14155550123";

    [Theory]
    [InlineData("https://messaging.example.com/m/", "PublicUrl", "https://messaging.example.com")]
    [InlineData("https://messaging.example.com/base/m/", "PublicUrl", "https://messaging.example.com/base/")]
    [InlineData("https://p.example.com/", "MmsConverter:LinkPrefix", "https://p.example.com/")]
    public async Task It_is_as_the_settings_say(string prefix, string key, string value)
    {
        await using var media = await MediaServer.StartAsync();
        await using var server = new Server(postgres, new(key, value));
        await server.InitializeAsync();
        await server.PostAsync("/emulator/v1/CarrierRules", ("SupportsMms", "false")).ExpectAsync(201);
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");

        var body = (await server.Api.Messages.SendAndFinishAsync(service, To, ("MediaUrl", media.PictureUrl)))["body"]!;

        Assert.StartsWith("Hello\n" + prefix, body, StringComparison.Ordinal);
        using var anybody = server.Client();
        Assert.Equal(MediaServer.Picture, await anybody.GetByteArrayAsync("/m/" + body[("Hello\n" + prefix).Length..]));
    }

    private sealed class Server(
        PostgresServer postgres, KeyValuePair<string, string> setting) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [setting];
    }
}
