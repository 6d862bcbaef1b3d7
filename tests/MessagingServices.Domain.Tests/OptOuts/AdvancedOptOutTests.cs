using MessagingServices.Domain.Tests.Selection;
using static MessagingServices.Domain.Tests.OptOuts.Keywords;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>Source: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.</summary>
public class AdvancedOptOutTests
{
    [Theory]
    [InlineData(Us)]
    [InlineData(TollFree)]
    [InlineData(AShortCode)]
    [InlineData(Rcs)]
    [InlineData(WhatsApp)]
    public void Keywords_apply_to_all_senders_of_the_pool(string sender)
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
    public void Country_wins_over_languages_and_languages_over_the_standard_set(
        string body, string sender, string? effect) =>
        Assert.Equal(effect, ToPool(body, sender,
            Advanced(("GB", null, "RAUS,PARAR", "", ""), ("GB", "fr", "SORTIE", "END", ""),
            (null, "es", "PARAR", "", "END"))).Effect());

    [Theory]
    [InlineData(TollFree)]
    [InlineData(Rcs)]
    [InlineData(AShortCode)]
    [InlineData(WhatsApp)]
    public void Country_of_toll_free_is_US_and_of_RCS_the_handsets(string sender) =>
        Assert.Equal("Stop! +service (stop US)",
            ToPool("BASTA", sender, Advanced(("US", null, "BASTA", "", ""))).Effect());

    [Fact]
    public void Empty_reply_is_not_sent()
    {
        var advanced = Advanced();
        Assert.Null(advanced.Change(null, null, set => set with { OptOutReply = "", OptInReply = "", HelpReply = "" }));

        Assert.Equal("Stop! +service", ToPool("STOP", Us, advanced).Effect());
        Assert.Equal("Start!", ToPool("START", Us, advanced).Effect());
        Assert.Equal("Help!", ToPool("HELP", Us, advanced).Effect());
    }

    [Fact]
    public void Fixed_keywords_of_the_standard_set_cannot_be_removed()
    {
        var advanced = new AdvancedOptOut(Pools.Service);

        Assert.Null(advanced.Change(null, null,
            set => set with { OptOutKeywords = [], OptInKeywords = ["JOIN", "start"], HelpKeywords = ["SOS"] }));

        Assert.Equal(["STOP"], advanced.Standard.OptOutKeywords);
        Assert.Equal(["UNSTOP", "JOIN", "start"], advanced.Standard.OptInKeywords);
        Assert.Equal(["HELP", "SOS"], advanced.Standard.HelpKeywords);
    }

    [Theory]
    [InlineData("BASTA", "The keyword 'BASTA' is in another language of ES")]
    [InlineData("fora,basta", "The keyword 'BASTA' is in another language of ES")]
    [InlineData("BASTA YA", "'BASTA YA' is not a keyword: one word of at most 40 characters")]
    [InlineData("a\tb", "'a\tb' is not a keyword: one word of at most 40 characters")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' is not a keyword: one word of at most 40 characters")]
    [InlineData("help", "The keyword 'help' always has another purpose")]
    [InlineData("UNSTOP", "The keyword 'UNSTOP' always has another purpose")]
    public void Invalid_or_duplicate_keyword_is_rejected_without_a_change(string keywords, string message)
    {
        var advanced = Advanced(("ES", "es", "BASTA", "", ""));
        var before = advanced.Overrides;

        var error = advanced.Change("ES", "ca", set => set with { OptOutKeywords = KeywordSet.Read(keywords) });

        Assert.Equal((20001, message), (error?.Error.Code, error?.Message));
        Assert.Same(before, advanced.Overrides);
    }

    [Fact]
    public void Keyword_can_be_in_only_one_list_of_a_set()
    {
        var error = new AdvancedOptOut(Pools.Service).Change(null, null,
            set => set with { HelpKeywords = ["HELP", "quit"] });

        Assert.Equal("The keyword 'QUIT' is in more than one list", error?.Message);
    }

    [Fact]
    public void Keyword_can_be_in_several_countries_languages_and_the_standard_set() =>
        Assert.Equal(4, Advanced(("ES", "es", "BASTA,QUIT", "", ""), ("IT", "it", "BASTA", "", ""),
            (null, "es", "BASTA", "", ""),
            (null, "it", "BASTA", "", "")).Overrides.Count);

    [Fact]
    public void Override_is_changed_in_place_and_removed_when_empty()
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
    public void Lists_replies_and_overrides_have_a_max()
    {
        var advanced = new AdvancedOptOut(Pools.Service);
        var words = Enumerable.Range(0, KeywordSet.MaxKeywords + 1).Select(i => $"W{i}").ToList();

        Assert.NotNull(advanced.Change("US", null, set => set with { HelpKeywords = words }));
        Assert.Null(advanced.Change("US", null, set => set with { HelpKeywords = words[1..] }));
        Assert.NotNull(advanced.Change("US", null,
            set => set with { HelpReply = new('x', KeywordSet.MaxReplyLength + 1) }));
        Assert.Null(advanced.Change("US", null, set => set with { HelpReply = new('x', KeywordSet.MaxReplyLength) }));
        for (var i = 1; i < AdvancedOptOut.MaxOverrides; i++)
            Assert.Null(advanced.Change(null, $"l{i}", set => set with { HelpReply = "x" }));
        Assert.NotNull(advanced.Change(null, "more", set => set with { HelpReply = "x" }));
        Assert.Null(advanced.Change(null, "l1", set => set with { HelpReply = "y" }));
    }
}
