using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>STOP, START, UNSTOP and HELP cannot be taken away: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.</summary>
[Collection(OptOutServer.Name)]
public sealed class FixedKeywordsTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Fact]
    public async Task They_hold_when_all_lists_are_emptied()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", ""), ("OptInKeywords", ""), ("HelpKeywords", ""),
            ("OptOutReply", "Out"), ("OptInReply", "In"), ("HelpReply", "Help!"));
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "help");
        await phone.ExpectSmsAsync("Help!");
        foreach (var start in new[] { "START", "UNSTOP" })
        {
            await phone.SendAsync(Number, "STOP");
            await phone.ExpectSmsAsync("Out");
            Assert.Equal("failed 21610", await server.TellAsync(service, Person));
            await phone.SendAsync(Number, start);
            await phone.ExpectSmsAsync("In");
            Assert.Equal("delivered", await server.TellAsync(service, Person, start));
            await phone.ExpectSmsAsync(start);
        }

        foreach (var gone in new[] { "END", "YES", "INFO" }) await phone.SendAsync(Number, gone);
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("OptInKeywords", "STOP")]
    [InlineData("HelpKeywords", "stop")]
    [InlineData("OptOutKeywords", "START")]
    [InlineData("OptOutKeywords", "UNSTOP")]
    [InlineData("OptOutKeywords", "HELP")]
    public async Task They_get_no_other_meaning_not_even_in_an_override(string list, string word)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutReply", "Out"), ("OptInReply", "In"), ("HelpReply", "Help!"));
        var phone = new Handset(server, Person);

        foreach (var where in new[] { ("Enabled", "true"), ("IsoCountry", "US"), ("Language", "en") })
            await server.PostAsync($"/emulator/v1/Services/{service}/AdvancedOptOut", where, (list, word)).ExpectErrorAsync(400, 20001);

        await phone.SendAsync(Number, word);
        await phone.ExpectSmsAsync(word.ToUpperInvariant() switch { "STOP" => "Out", "HELP" => "Help!", _ => "In" });
        await phone.NoMoreAsync();
    }
}
