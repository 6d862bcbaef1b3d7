using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// Overrides of the sender's country come first, then those of a language, then the standard set:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class MatchingOrderTests(MessagingServer server)
{
    private readonly string american = NewNumber(), canadian = NewCanadianNumber();
    private readonly string tollFree = NewTollFreeNumber(), agent = NewRcsSender();
    private readonly string person = NewNumber(), canadianPerson = NewCanadianNumber();

    private string WhatsApp => $"whatsapp:{canadian}";

    [Theory]
    [InlineData("LEAVE", "Canadian number", "US", "of Canada")]
    [InlineData("LEAVE", "American number", "US", "of a language")]
    [InlineData("HALT", "Canadian number", "US", "of a language")]
    [InlineData("HALT", "American number", "US", "of a language")]
    [InlineData("ENOUGH", "Canadian number", "US", "of the standard set")]
    [InlineData("ENOUGH", "American number", "US", "of the standard set")]
    [InlineData("LEAVE", "WhatsApp", "US", "of Canada")]
    [InlineData("LEAVE", "RCS", "US", "of the United States")]
    [InlineData("LEAVE", "RCS", "CA", "of Canada")]
    [InlineData("DONE", "toll-free", "US", "of the United States")]
    public async Task The_order_is_country_then_language_then_the_standard_set(
        string word, string sender, string country, string reply)
    {
        var (to, from) = Addresses(sender, country == "CA" ? canadianPerson : person);
        var service = await server.Api.Services.CreateWithPoolAsync(american, canadian, WhatsApp, $"{agent}/US,CA",
            tollFree);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", "LEAVE,HALT,ENOUGH,DONE"), ("OptOutReply", "of the standard set"));
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Language", "en"), ("OptOutKeywords", "LEAVE,HALT"), ("OptOutReply", "of a language"));
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("IsoCountry", "CA"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "of Canada"));
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("IsoCountry", "US"), ("OptOutKeywords", to == american ? "OTHER" : "LEAVE,DONE"),
            ("OptOutReply", "of the United States"));
        var phone = new Handset(server, from);

        await phone.SendAsync(to, word);

        Assert.Equal(reply, (await phone.ExpectSmsAsync("of ")).Body);
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task A_keyword_may_opt_out_in_one_country_and_opt_in_in_another()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(american, canadian);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("IsoCountry", "US"), ("OptOutKeywords", "FLIP"), ("OptOutReply", "Out"));
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("IsoCountry", "CA"), ("OptInKeywords", "FLIP"), ("OptInReply", "In"));
        var phone = new Handset(server, person);

        await phone.SendAsync(american, "FLIP");
        await phone.ExpectSmsAsync("Out");
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        await phone.SendAsync(canadian, "FLIP");

        await phone.ExpectSmsAsync("In");
        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        await phone.NoMoreAsync();
    }

    /// <summary>The sender's address, and the handset's on the same channel.</summary>
    private (string To, string From) Addresses(string sender, string handset) => sender switch
    {
        "American number" => (american, handset),
        "Canadian number" => (canadian, handset),
        "toll-free" => (tollFree, handset),
        "WhatsApp" => (WhatsApp, $"whatsapp:{handset}"),
        _ => (agent, $"rcs:{handset}"),
    };
}
