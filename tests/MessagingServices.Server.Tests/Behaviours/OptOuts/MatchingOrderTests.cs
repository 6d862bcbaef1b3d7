using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// "We look up the country of the number first, then the standard set"; a language is in between:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class MatchingOrderTests(MessagingServer server)
{
    private const string American = "+14155550001", Canadian = "+15145550001", WhatsApp = "whatsapp:" + Canadian, Agent = "rcs:agent",
        TollFree = "+18005550001", Person = "+14155550123";

    [Theory]
    [InlineData("LEAVE", Canadian, Person, "of Canada")]
    [InlineData("LEAVE", American, Person, "of a language")]
    [InlineData("HALT", Canadian, Person, "of a language")]
    [InlineData("HALT", American, Person, "of a language")]
    [InlineData("ENOUGH", Canadian, Person, "of the standard set")]
    [InlineData("ENOUGH", American, Person, "of the standard set")]
    [InlineData("LEAVE", WhatsApp, "whatsapp:" + Person, "of Canada")]
    [InlineData("LEAVE", Agent, "rcs:" + Person, "of the United States")]
    [InlineData("LEAVE", Agent, "rcs:+15145550123", "of Canada")]
    [InlineData("DONE", TollFree, Person, "of the United States")]
    public async Task The_country_of_the_number_comes_before_a_language_and_that_before_the_standard_set(string word, string to, string person, string reply)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(American, Canadian, WhatsApp, $"{Agent}/US,CA", TollFree);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", "LEAVE,HALT,ENOUGH,DONE"), ("OptOutReply", "of the standard set"));
        await server.AdvancedOptOutAsync(service, ("Language", "en"), ("OptOutKeywords", "LEAVE,HALT"), ("OptOutReply", "of a language"));
        await server.AdvancedOptOutAsync(service, ("IsoCountry", "CA"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "of Canada"));
        await server.AdvancedOptOutAsync(service, ("IsoCountry", "US"), ("OptOutKeywords", to == American ? "OTHER" : "LEAVE,DONE"), ("OptOutReply", "of the United States"));
        var phone = new Handset(server, person);

        await phone.SendAsync(to, word);

        Assert.Equal(reply, (await phone.ExpectSmsAsync("of ")).Body);
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task A_word_may_opt_out_in_one_country_and_in_in_another()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(American, Canadian);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("IsoCountry", "US"), ("OptOutKeywords", "FLIP"), ("OptOutReply", "Out"));
        await server.AdvancedOptOutAsync(service, ("IsoCountry", "CA"), ("OptInKeywords", "FLIP"), ("OptInReply", "In"));
        var phone = new Handset(server, Person);

        await phone.SendAsync(American, "FLIP");
        await phone.ExpectSmsAsync("Out");
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        await phone.SendAsync(Canadian, "FLIP");

        await phone.ExpectSmsAsync("In");
        Assert.Empty(await OptOutsAsync(server.Http));
        await phone.NoMoreAsync();
    }
}
