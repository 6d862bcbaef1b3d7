using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// No setting removes STOP, START, UNSTOP and HELP: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class FixedKeywordsTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Fact]
    public async Task Fixed_keywords_remain_effective_when_all_lists_are_empty()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", ""), ("OptInKeywords", ""), ("HelpKeywords", ""),
            ("OptOutReply", "Out"), ("OptInReply", "In"), ("HelpReply", "Help!"));
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "help");
        await phone.ExpectSmsAsync("Help!");
        foreach (var start in new[] { "START", "UNSTOP" })
        {
            await phone.SendAsync(number, "STOP");
            await phone.ExpectSmsAsync("Out");
            Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
            await phone.SendAsync(number, start);
            await phone.ExpectSmsAsync("In");
            Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person, start));
            await phone.ExpectSmsAsync(start);
        }

        foreach (var gone in new[] { "END", "YES", "INFO" }) await phone.SendAsync(number, gone);
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("OptInKeywords", "STOP")]
    [InlineData("HelpKeywords", "stop")]
    [InlineData("OptOutKeywords", "START")]
    [InlineData("OptOutKeywords", "UNSTOP")]
    [InlineData("OptOutKeywords", "HELP")]
    public async Task Fixed_keywords_cannot_get_another_meaning_even_in_an_override(string list, string word)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutReply", "Out"), ("OptInReply", "In"), ("HelpReply", "Help!"));
        var phone = new Handset(server, person);

        foreach (var where in new[] { ("Enabled", "true"), ("IsoCountry", "US"), ("Language", "en") })
            await server.PostAsync($"/emulator/v1/Services/{service}/AdvancedOptOut", where, (list, word))
                .ExpectErrorAsync(400, 20001);

        await phone.SendAsync(number, word);
        await phone.ExpectSmsAsync(word.ToUpperInvariant() switch { "STOP" => "Out", "HELP" => "Help!", _ => "In" });
        await phone.NoMoreAsync();
    }
}
