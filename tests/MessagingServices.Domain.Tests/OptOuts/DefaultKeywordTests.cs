using static MessagingServices.Domain.Tests.OptOuts.Keywords;
using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.OptOuts;

/// <summary>The keywords that hold unless a Messaging Service has its own: https://help.twilio.com/articles/223134027.</summary>
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
    public void A_number_alone_is_opted_out_of_itself(string body) => Assert.Equal($"Stop +{Us} unsubscribed", ToAlone(body, Us).Effect());

    [Theory]
    [InlineData("STOP PLEASE")]
    [InlineData("STOP.")]
    [InlineData("please stop")]
    [InlineData("STOP STOP")]
    [InlineData("S T O P")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("")]
    [InlineData("   ")]
    public void Other_texts_are_no_keywords(string body) => Assert.Null(ToAlone(body, Us).Effect());

    [Theory]
    [InlineData(Us)]
    [InlineData(Gb)]
    [InlineData(AShortCode)]
    [InlineData(Rcs)]
    public void A_member_of_a_pool_opts_out_of_the_whole_service(string sender)
    {
        Assert.Equal("Stop +service unsubscribed", ToPool("STOP", sender).Effect());
        Assert.Equal("Start -service resubscribed", ToPool("START", sender, optedOutOf: TheService).Effect());
        Assert.Equal("Help help", ToPool("HELP", sender).Effect());
    }

    [Fact]
    public void Opting_in_lifts_what_was_said_to_the_service_and_to_the_number() =>
        Assert.Equal($"Start -service -{Us} resubscribed", ToPool("UNSTOP", Us, null, Us, TheService, "+14155550009").Effect());

    [Fact]
    public void Who_opted_out_of_the_number_before_it_joined_the_pool_can_still_opt_out_of_the_service() =>
        Assert.Equal("Stop +service unsubscribed", ToPool("STOP", Us, optedOutOf: Us).Effect());

    [Fact]
    public void A_second_stop_changes_nothing_and_is_not_answered()
    {
        Assert.Equal("Stop", ToAlone("STOP", Us, Us).Effect());
        Assert.Equal("Stop", ToPool("STOP", Us, optedOutOf: TheService).Effect());
    }

    [Theory]
    [InlineData("START", "Start resubscribed")]
    [InlineData("UNSTOP", "Start resubscribed")]
    [InlineData("YES", null)]
    public void Who_has_not_opted_out_is_answered_to_start_but_may_say_yes_to_anything(string body, string? effect) =>
        Assert.Equal(effect, ToAlone(body, Us).Effect());

    [Fact]
    public void Yes_opts_in_who_has_opted_out() => Assert.Equal($"Start -{Us} resubscribed", ToAlone("yes", Us, Us).Effect());

    [Theory]
    [InlineData("HELP")]
    [InlineData("info")]
    public void Help_is_told_but_not_to_who_has_opted_out(string body)
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
    public void Opting_out_of_others_does_not_count(string body, string sender) =>
        Assert.Equal(ToAlone(body, sender).Effect(), ToAlone(body, sender, Gb, TheService).Effect());

    [Theory]
    [InlineData("STOP")]
    [InlineData("START")]
    [InlineData("HELP")]
    public void A_short_code_alone_and_whatsapp_and_alphanumeric_senders_have_no_keywords(string body)
    {
        Assert.Null(ToAlone(body, AShortCode).Effect());
        Assert.Null(ToAlone(body, WhatsApp).Effect());
        Assert.Null(ToPool(body, WhatsApp).Effect());
        Assert.Null(ToPool(body, Alpha).Effect());
    }

    [Fact]
    public void An_RCS_sender_alone_is_opted_out_of_itself() => Assert.Equal($"Stop +{Rcs} unsubscribed", ToAlone("STOP", Rcs).Effect());

    [Fact]
    public void Switched_off_advanced_opt_out_changes_nothing()
    {
        var off = Advanced();
        off.Enabled = false;

        Assert.Equal("Stop +service unsubscribed", ToPool("STOP", Us, off).Effect());
        Assert.Null(ToPool("STOP", WhatsApp, off).Effect());
    }

    [Fact]
    public void SMS_and_RCS_are_one_group_and_whatsapp_another() => Assert.Equal(
        [Domain.Senders.Channel.Sms, Domain.Senders.Channel.WhatsApp, Domain.Senders.Channel.Sms], Enum.GetValues<Domain.Senders.Channel>().Select(OptOut.GroupOf));
}
