using static MessagingServices.Domain.Tests.OptOuts.Keywords;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>The network of toll-free numbers blocks by itself: https://help.twilio.com/articles/223181828.</summary>
public class TollFreeKeywordTests
{
    private const string Stopped = "NETWORK MSG: You replied with the word \"stop\" which blocks all texts sent from this number. "
        + "Text back \"unstop\" to receive messages again.";

    [Theory]
    [InlineData("STOP")]
    [InlineData("stop")]
    [InlineData(" Stop ")]
    public void Stop_blocks_the_number_even_in_a_pool(string body)
    {
        Assert.Equal($"Stop +{TollFree} {Stopped}", ToAlone(body, TollFree).Effect());
        Assert.Equal($"Stop +{TollFree} {Stopped}", ToPool(body, TollFree).Effect());
        Assert.Equal("Stop", ToPool(body, TollFree, optedOutOf: TollFree).Effect());
    }

    [Theory]
    [InlineData("STOPALL")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("CANCEL")]
    [InlineData("END")]
    [InlineData("QUIT")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    public void The_network_knows_no_other_word(string body)
    {
        Assert.Null(ToAlone(body, TollFree).Effect());
        Assert.Null(ToPool(body, TollFree).Effect());
    }

    [Theory]
    [InlineData("START", "start")]
    [InlineData("UnStop", "unstop")]
    public void Start_and_unstop_lift_the_block_and_the_answer_names_the_word(string body, string word) => Assert.Equal(
        $"Start -{TollFree} NETWORK MSG: You have replied \"{word}\" and will begin receiving messages again from this number.",
        ToAlone(body, TollFree, TollFree).Effect());

    [Fact]
    public void Start_lifts_what_was_said_to_the_service_too() => Assert.StartsWith(
        $"Start -service -{TollFree} NETWORK", ToPool("START", TollFree, null, TheService, TollFree).Effect(), StringComparison.Ordinal);

    [Fact]
    public void Yes_does_not() => Assert.Null(ToAlone("YES", TollFree, TollFree).Effect());

    [Fact]
    public void Help_is_told_as_by_any_number()
    {
        Assert.Equal("Help help", ToAlone("INFO", TollFree).Effect());
        Assert.Equal("Help", ToAlone("HELP", TollFree, TollFree).Effect());
    }

    [Fact]
    public void With_advanced_opt_out_stop_opts_out_of_the_service_too_and_the_network_answers() =>
        Assert.Equal($"Stop! +{TollFree} +service {Stopped}", ToPool("STOP", TollFree, Advanced()).Effect());

    [Fact]
    public void With_advanced_opt_out_other_words_opt_out_of_the_service_and_block_nothing() =>
        Assert.Equal("Stop! +service (stop)", ToPool("QUIT", TollFree, Advanced()).Effect());

    [Fact]
    public void With_advanced_opt_out_both_answer_to_start() => Assert.Equal(
        $"Start! -service -{TollFree} NETWORK MSG: You have replied \"start\" and will begin receiving messages again from this number. (start)",
        ToPool("START", TollFree, Advanced(), TheService, TollFree).Effect());

    [Fact]
    public void With_advanced_opt_out_yes_opts_in_to_the_service_but_what_the_network_blocks_stays_blocked()
    {
        Assert.Equal("Start! -service (start)", ToPool("YES", TollFree, Advanced(), TheService).Effect());
        Assert.Equal("Start! -service", ToPool("YES", TollFree, Advanced(), TheService, TollFree).Effect());
        Assert.Null(ToPool("YES", TollFree, Advanced(), TollFree).Effect());
    }

    [Fact]
    public void Nothing_but_the_network_answers_who_is_blocked()
    {
        Assert.Equal("Stop! +service", ToPool("QUIT", TollFree, Advanced(), TollFree).Effect());
        Assert.Equal("Stop! +service", ToPool("STOP", TollFree, Advanced(), TollFree).Effect());
    }
}
