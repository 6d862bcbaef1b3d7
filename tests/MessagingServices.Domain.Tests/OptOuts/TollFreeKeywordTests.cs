using static MessagingServices.Domain.Tests.OptOuts.Keywords;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>The network of toll-free numbers has its own block: https://help.twilio.com/articles/223181828.</summary>
public class TollFreeKeywordTests
{
    private const string Stopped =
        "NETWORK MSG: You replied with the word \"stop\" which blocks all texts sent from this number. "
        + "Text back \"unstop\" to receive messages again.";

    [Theory]
    [InlineData("STOP")]
    [InlineData("stop")]
    [InlineData(" Stop ")]
    public void Stop_blocks_the_toll_free_number_even_in_a_pool(string body)
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
    public void Network_has_no_other_stop_keyword(string body)
    {
        Assert.Null(ToAlone(body, TollFree).Effect());
        Assert.Null(ToPool(body, TollFree).Effect());
    }

    [Theory]
    [InlineData("START", "start")]
    [InlineData("UnStop", "unstop")]
    public void Start_and_unstop_remove_the_block_with_the_word_in_the_reply(string body, string word) => Assert.Equal(
        $"Start -{TollFree} NETWORK MSG: You have replied \"{word}\" and will begin receiving messages again "
        + "from this number.",
        ToAlone(body, TollFree, TollFree).Effect());

    [Fact]
    public void Start_also_removes_the_opt_out_from_the_service() => Assert.StartsWith(
        $"Start -service -{TollFree} NETWORK", ToPool("START", TollFree, null, TheService, TollFree).Effect(),
        StringComparison.Ordinal);

    [Fact]
    public void Yes_does_not_remove_the_block() => Assert.Null(ToAlone("YES", TollFree, TollFree).Effect());

    [Fact]
    public void Help_gets_the_default_reply()
    {
        Assert.Equal("Help help", ToAlone("INFO", TollFree).Effect());
        Assert.Equal("Help", ToAlone("HELP", TollFree, TollFree).Effect());
    }

    [Fact]
    public void Stop_with_advanced_opt_out_also_opts_out_of_the_service() =>
        Assert.Equal($"Stop! +{TollFree} +service {Stopped}", ToPool("STOP", TollFree, Advanced()).Effect());

    [Fact]
    public void Other_words_with_advanced_opt_out_do_not_block_the_number() =>
        Assert.Equal("Stop! +service (stop)", ToPool("QUIT", TollFree, Advanced()).Effect());

    [Fact]
    public void Start_with_advanced_opt_out_gets_two_replies() => Assert.Equal(
        $"Start! -service -{TollFree} NETWORK MSG: You have replied \"start\" and will begin receiving messages again "
        + "from this number. (start)",
        ToPool("START", TollFree, Advanced(), TheService, TollFree).Effect());

    [Fact]
    public void Yes_with_advanced_opt_out_opts_in_but_does_not_remove_the_block()
    {
        Assert.Equal("Start! -service (start)", ToPool("YES", TollFree, Advanced(), TheService).Effect());
        Assert.Equal("Start! -service", ToPool("YES", TollFree, Advanced(), TheService, TollFree).Effect());
        Assert.Null(ToPool("YES", TollFree, Advanced(), TollFree).Effect());
    }

    [Fact]
    public void Blocked_handset_gets_replies_from_the_network_only()
    {
        Assert.Equal("Stop! +service", ToPool("QUIT", TollFree, Advanced(), TollFree).Effect());
        Assert.Equal("Stop! +service", ToPool("STOP", TollFree, Advanced(), TollFree).Effect());
    }
}
