using static MessagingServices.Domain.Tests.OptOuts.Keywords;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>The default keywords: https://help.twilio.com/articles/223134027.</summary>
public class DefaultKeywordTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("stop")]
    [InlineData("  Stop\r\n")]
    [InlineData("STOPALL")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("CANCEL")]
    [InlineData("END")]
    [InlineData("QUIT")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    public void Stop_to_a_number_without_service_opts_out_of_the_number(string body) =>
        Assert.Equal($"Stop +{Us} unsubscribed", ToAlone(body, Us).Effect());

    [Theory]
    [InlineData("STOP PLEASE")]
    [InlineData("STOP.")]
    [InlineData("please stop")]
    [InlineData("STOP STOP")]
    [InlineData("S T O P")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("")]
    [InlineData("   ")]
    public void Other_texts_are_not_keywords(string body) => Assert.Null(ToAlone(body, Us).Effect());

    [Theory]
    [InlineData(Us)]
    [InlineData(Gb)]
    [InlineData(AShortCode)]
    [InlineData(Rcs)]
    public void Stop_to_a_pool_member_opts_out_of_the_whole_service(string sender)
    {
        Assert.Equal("Stop +service unsubscribed", ToPool("STOP", sender).Effect());
        Assert.Equal("Start -service resubscribed", ToPool("START", sender, optedOutOf: TheService).Effect());
        Assert.Equal("Help help", ToPool("HELP", sender).Effect());
    }

    [Fact]
    public void Start_removes_opt_outs_from_service_and_number() =>
        Assert.Equal($"Start -service -{Us} resubscribed",
            ToPool("UNSTOP", Us, null, Us, TheService, "+14155550009").Effect());

    [Fact]
    public void Opt_out_from_a_number_does_not_prevent_opt_out_from_its_service() =>
        Assert.Equal("Stop +service unsubscribed", ToPool("STOP", Us, optedOutOf: Us).Effect());

    [Fact]
    public void Second_stop_changes_nothing_and_gets_no_reply()
    {
        Assert.Equal("Stop", ToAlone("STOP", Us, Us).Effect());
        Assert.Equal("Stop", ToPool("STOP", Us, optedOutOf: TheService).Effect());
    }

    [Theory]
    [InlineData("START", "Start resubscribed")]
    [InlineData("UNSTOP", "Start resubscribed")]
    [InlineData("YES", null)]
    public void Start_without_opt_out_gets_a_reply_but_yes_is_an_ordinary_text(string body, string? effect) =>
        Assert.Equal(effect, ToAlone(body, Us).Effect());

    [Fact]
    public void Yes_after_an_opt_out_opts_in() =>
        Assert.Equal($"Start -{Us} resubscribed", ToAlone("yes", Us, Us).Effect());

    [Theory]
    [InlineData("HELP")]
    [InlineData("info")]
    public void Help_gets_a_reply_unless_opted_out(string body)
    {
        Assert.Equal("Help help", ToAlone(body, Us).Effect());
        Assert.Equal("Help", ToAlone(body, Us, Us).Effect());
        Assert.Equal("Help", ToPool(body, Us, optedOutOf: TheService).Effect());
        Assert.Equal("Help", ToPool(body, Us, optedOutOf: Us).Effect());
    }

    [Theory]
    [InlineData("STOP", Us)]
    [InlineData("START", Us)]
    [InlineData("HELP", Us)]
    public void Opt_outs_from_other_senders_are_ignored(string body, string sender) =>
        Assert.Equal(ToAlone(body, sender).Effect(), ToAlone(body, sender, Gb, TheService).Effect());

    [Theory]
    [InlineData("STOP")]
    [InlineData("START")]
    [InlineData("HELP")]
    public void Short_code_without_service_and_WhatsApp_have_no_keywords(string body)
    {
        Assert.Null(ToAlone(body, AShortCode).Effect());
        Assert.Null(ToAlone(body, WhatsApp).Effect());
        Assert.Null(ToPool(body, WhatsApp).Effect());
        Assert.Null(ToPool(body, Alpha).Effect());
    }

    [Fact]
    public void Stop_to_an_RCS_sender_without_service_opts_out_of_the_sender() =>
        Assert.Equal($"Stop +{Rcs} unsubscribed", ToAlone("STOP", Rcs).Effect());

    [Fact]
    public void Disabled_advanced_opt_out_has_no_effect()
    {
        var off = Advanced();
        off.Enabled = false;

        Assert.Equal("Stop +service unsubscribed", ToPool("STOP", Us, off).Effect());
        Assert.Null(ToPool("STOP", WhatsApp, off).Effect());
    }

    [Fact]
    public void SMS_and_RCS_share_opt_outs_and_WhatsApp_does_not() => Assert.Equal(
        [Domain.Senders.Channel.Sms, Domain.Senders.Channel.WhatsApp, Domain.Senders.Channel.Sms],
        Enum.GetValues<Domain.Senders.Channel>().Select(OptOut.GroupOf));
}
