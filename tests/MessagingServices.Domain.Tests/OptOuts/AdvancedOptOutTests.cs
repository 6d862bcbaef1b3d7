using MessagingServices.Domain.Tests.Selection;
using static MessagingServices.Domain.Tests.OptOuts.Keywords;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>"Customize the keywords and replies": https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.</summary>
public class AdvancedOptOutTests
{
    [Theory]
    [InlineData(Us)]
    [InlineData(TollFree)]
    [InlineData(AShortCode)]
    [InlineData(Rcs)]
    [InlineData(WhatsApp)]
    public void All_senders_of_the_pool_have_the_keywords(string sender)
    {
        Assert.Equal("Stop! +service (stop)", ToPool("QUIT", sender, Advanced()).Effect());
        Assert.Equal("Start! -service (start)", ToPool("YES", sender, Advanced(), TheService).Effect());
        Assert.Equal("Help! (help)", ToPool("INFO", sender, Advanced()).Effect());
        Assert.Equal("Help!", ToPool("INFO", sender, Advanced(), TheService).Effect());
    }

    [Theory]
    [InlineData("RAUS", Gb, "Stop! +service (stop GB)")]
    [InlineData("SORTIE", Gb, "Stop! +service (stop GBfr)")]
    [InlineData("PARAR", Gb, "Stop! +service (stop GB)")]
    [InlineData("PARAR", Us, "Stop! +service (stop es)")]
    [InlineData("RAUS", Us, null)]
    [InlineData("END", Gb, "Start! (start GBfr)")]
    [InlineData("END", Us, "Help! (help es)")]
    [InlineData("END", De, "Help! (help es)")]
    [InlineData("STOP", Gb, "Stop! +service (stop)")]
    [InlineData("stop", Us, "Stop! +service (stop)")]
    public void The_country_of_the_receiving_number_comes_first_then_languages_then_the_standard_set(string body, string sender, string? effect) =>
        Assert.Equal(effect, ToPool(body, sender, Advanced(("GB", null, "RAUS,PARAR", "", ""), ("GB", "fr", "SORTIE", "END", ""),
            (null, "es", "PARAR", "", "END"))).Effect());

    [Theory]
    [InlineData(TollFree)]
    [InlineData(Rcs)]
    [InlineData(AShortCode)]
    [InlineData(WhatsApp)]
    public void A_toll_free_number_counts_as_the_USs_and_an_RCS_sender_as_of_the_handsets_country(string sender) =>
        Assert.Equal("Stop! +service (stop US)", ToPool("BASTA", sender, Advanced(("US", null, "BASTA", "", ""))).Effect());

    [Fact]
    public void An_empty_reply_is_none()
    {
        var advanced = Advanced();
        Assert.Null(advanced.Change(null, null, set => set with { OptOutReply = "", OptInReply = "", HelpReply = "" }));

        Assert.Equal("Stop! +service", ToPool("STOP", Us, advanced).Effect());
        Assert.Equal("Start!", ToPool("START", Us, advanced).Effect());
        Assert.Equal("Help!", ToPool("HELP", Us, advanced).Effect());
    }

    [Fact]
    public void Some_keywords_of_the_standard_set_cannot_be_removed()
    {
        var advanced = new AdvancedOptOut(Pools.Service);

        Assert.Null(advanced.Change(null, null, set => set with { OptOutKeywords = [], OptInKeywords = ["JOIN", "start"], HelpKeywords = ["SOS"] }));

        Assert.Equal(["STOP"], advanced.Standard.OptOutKeywords);
        Assert.Equal(["UNSTOP", "JOIN", "start"], advanced.Standard.OptInKeywords);
        Assert.Equal(["HELP", "SOS"], advanced.Standard.HelpKeywords);
    }

    [Theory]
    [InlineData("BASTA", "The keyword 'BASTA' is in another language of ES")]
    [InlineData("fora,basta", "The keyword 'BASTA' is in another language of ES")]
    [InlineData("BASTA YA", "'BASTA YA' is not a keyword: one word of at most 40 characters")]
    [InlineData("a\tb", "'a\tb' is not a keyword: one word of at most 40 characters")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' is not a keyword: one word of at most 40 characters")]
    [InlineData("help", "The keyword 'help' always has another purpose")]
    [InlineData("UNSTOP", "The keyword 'UNSTOP' always has another purpose")]
    public void A_keyword_in_two_places_or_that_is_none_is_refused_and_changes_nothing(string keywords, string message)
    {
        var advanced = Advanced(("ES", "es", "BASTA", "", ""));
        var before = advanced.Overrides;

        var refusal = advanced.Change("ES", "ca", set => set with { OptOutKeywords = KeywordSet.Read(keywords) });

        Assert.Equal((20001, message), (refusal?.Error.Code, refusal?.Message));
        Assert.Same(before, advanced.Overrides);
    }

    [Fact]
    public void A_keyword_is_in_one_list_of_a_set()
    {
        var refusal = new AdvancedOptOut(Pools.Service).Change(null, null, set => set with { HelpKeywords = ["HELP", "quit"] });

        Assert.Equal("The keyword 'QUIT' is in more than one list", refusal?.Message);
    }

    [Fact]
    public void It_may_be_in_other_countries_in_languages_of_no_country_and_in_the_standard_set() =>
        Assert.Equal(4, Advanced(("ES", "es", "BASTA,QUIT", "", ""), ("IT", "it", "BASTA", "", ""), (null, "es", "BASTA", "", ""),
            (null, "it", "BASTA", "", "")).Overrides.Count);

    [Fact]
    public void An_override_is_changed_in_its_place_and_removed_when_nothing_is_left_of_it()
    {
        var advanced = Advanced(("ES", "es", "BASTA", "", ""), (null, "pt-BR", "SAIR", "", ""));

        Assert.Null(advanced.Change("ES", "ES", set => set with { OptOutKeywords = ["BASTA", "FUERA"] }));
        Assert.Equal(["pt-BR", "es"], advanced.Overrides.Select(one => one.Language));
        Assert.Equal(["BASTA", "FUERA"], advanced.Overrides[1].Set.OptOutKeywords);

        Assert.Null(advanced.Change("ES", "es", _ => new()));
        Assert.Equal(["pt-BR"], advanced.Overrides.Select(one => one.Language));
        Assert.Null(advanced.Change("FR", null, set => set));
        Assert.Single(advanced.Overrides);
    }

    [Fact]
    public void Lists_replies_and_overrides_are_bounded()
    {
        var advanced = new AdvancedOptOut(Pools.Service);
        var words = Enumerable.Range(0, KeywordSet.MaxKeywords + 1).Select(i => $"W{i}").ToList();

        Assert.NotNull(advanced.Change("US", null, set => set with { HelpKeywords = words }));
        Assert.Null(advanced.Change("US", null, set => set with { HelpKeywords = words[1..] }));
        Assert.NotNull(advanced.Change("US", null, set => set with { HelpReply = new('x', KeywordSet.MaxReplyLength + 1) }));
        Assert.Null(advanced.Change("US", null, set => set with { HelpReply = new('x', KeywordSet.MaxReplyLength) }));
        for (var i = 1; i < AdvancedOptOut.MaxOverrides; i++) Assert.Null(advanced.Change(null, $"l{i}", set => set with { HelpReply = "x" }));
        Assert.NotNull(advanced.Change(null, "more", set => set with { HelpReply = "x" }));
        Assert.Null(advanced.Change(null, "l1", set => set with { HelpReply = "y" }));
    }
}
