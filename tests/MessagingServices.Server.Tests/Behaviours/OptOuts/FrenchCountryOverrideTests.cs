using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// A country's words hold for its numbers only, in each of its languages: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class FrenchCountryOverrideTests(MessagingServer server)
{
    private const string Canadian = "+15145550001", American = "+14155550001", Person = "+14155550123", Canadienne = "+15145550123";

    [Theory]
    [InlineData("ARRET", "Exemple : c'est fini.")]
    [InlineData("arrêt", "Exemple : c'est fini.")]
    [InlineData("LEAVE", "Example: goodbye, eh.")]
    [InlineData("STOP", "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.")]
    public async Task The_answer_is_in_the_language_of_the_word(string word, string reply)
    {
        var service = await ServiceAsync();
        var phone = new Handset(server, Canadienne);

        await phone.SendAsync(Canadian, word);

        Assert.Equal(reply, (await phone.ExpectSmsAsync("")).Body);
        Assert.Equal("failed 21610", await server.TellAsync(service, Canadienne));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("ARRET", Canadienne)]
    [InlineData("LEAVE", Person)]
    [InlineData("AIDE", Canadienne)]
    public async Task A_number_of_another_country_does_not_know_them_whoever_writes(string word, string person)
    {
        await ServiceAsync();
        var phone = new Handset(server, person);

        await phone.SendAsync(American, word);

        Assert.Empty(await OptOutsAsync(server.Http));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task What_was_said_to_the_Canadian_number_holds_for_the_whole_service_and_is_lifted_there_too()
    {
        var service = await ServiceAsync();
        var phone = new Handset(server, Person);
        await phone.SendAsync(Canadian, "ARRET");
        await phone.ExpectSmsAsync("Exemple : c'est fini.");
        Assert.Equal("refused 21610", await server.TellAsync(American, Person));

        await phone.SendAsync(Canadian, "REPRENDRE");

        await phone.ExpectSmsAsync("Exemple : bon retour.");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    private async Task<string> ServiceAsync()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Canadian, American);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("IsoCountry", "CA"), ("Language", "fr"),
            ("OptOutKeywords", "ARRET,ARRÊT"), ("OptOutReply", "Exemple : c'est fini."), ("OptInKeywords", "REPRENDRE"),
            ("OptInReply", "Exemple : bon retour."), ("HelpKeywords", "AIDE"), ("HelpReply", "Exemple : envoyez ARRET."));
        await server.AdvancedOptOutAsync(service, ("IsoCountry", "CA"), ("Language", "en"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye, eh."));
        return service;
    }
}
