using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// A country's keywords are effective for its numbers only, in each of its languages:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class FrenchCountryOverrideTests(MessagingServer server)
{
    private readonly string canadian = NewCanadianNumber(), american = NewNumber();
    private readonly string person = NewNumber(), canadianPerson = NewCanadianNumber();

    [Theory]
    [InlineData("ARRET", "Exemple : c'est fini.")]
    [InlineData("arrêt", "Exemple : c'est fini.")]
    [InlineData("LEAVE", "Example: goodbye, eh.")]
    [InlineData("STOP", "You have successfully been unsubscribed. You will not receive any more messages from this "
        + "number. Reply START to resubscribe.")]
    public async Task The_reply_is_in_the_language_of_the_keyword(string word, string reply)
    {
        var service = await ServiceAsync();
        var phone = new Handset(server, canadianPerson);

        await phone.SendAsync(canadian, word);

        Assert.Equal(reply, (await phone.ExpectSmsAsync("")).Body);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, canadianPerson));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("ARRET", "CA")]
    [InlineData("LEAVE", "US")]
    [InlineData("AIDE", "CA")]
    public async Task A_number_of_another_country_ignores_them_wherever_the_handset_is(string word, string country)
    {
        await ServiceAsync();
        var phone = new Handset(server, country == "CA" ? canadianPerson : person);

        await phone.SendAsync(american, word);

        Assert.Empty(await server.Api.OptOuts.ListOfAsync(phone.Address));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task Keywords_to_the_Canadian_number_affect_the_whole_service()
    {
        var service = await ServiceAsync();
        var phone = new Handset(server, person);
        await phone.SendAsync(canadian, "ARRET");
        await phone.ExpectSmsAsync("Exemple : c'est fini.");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(american, person));

        await phone.SendAsync(canadian, "REPRENDRE");

        await phone.ExpectSmsAsync("Exemple : bon retour.");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    private async Task<string> ServiceAsync()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(canadian, american);
        await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "true"), ("IsoCountry", "CA"),
            ("Language", "fr"),
            ("OptOutKeywords", "ARRET,ARRÊT"), ("OptOutReply", "Exemple : c'est fini."),
            ("OptInKeywords", "REPRENDRE"), ("OptInReply", "Exemple : bon retour."),
            ("HelpKeywords", "AIDE"), ("HelpReply", "Exemple : envoyez ARRET."));
        await server.Api.Services.SetAdvancedOptOutAsync(service, ("IsoCountry", "CA"), ("Language", "en"),
            ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye, eh."));
        return service;
    }
}
