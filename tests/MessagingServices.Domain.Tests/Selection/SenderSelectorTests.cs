using CsCheck;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>Country geomatch, even spread and what cannot be carried, as far as phone numbers go.</summary>
public sealed class SenderSelectorTests
{
    private const string Us = "+14155550001", Ca = "+16135550001", Gb = "+447700900001", De = "+4915112345001", Jm = "+18765550001",
        TollFree = "+18005550001";

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("+447700900123", new[] { Us, Gb, De }, Gb)]
    [InlineData("+4915112345678", new[] { Us, Gb, De }, De)]
    [InlineData("+33612345678", new[] { Gb, Us, De }, Us)]
    [InlineData("+33612345678", new[] { Gb }, Gb)]
    [InlineData("+33612345678", new[] { Jm, TollFree }, Jm)]
    [InlineData("+18765550123", new[] { Us, Jm }, Jm)]
    [InlineData("+18765550123", new[] { Ca, Us }, Us)]
    [InlineData("+16135550123", new[] { Us, Ca }, Ca)]
    [InlineData("+16135550123", new[] { Us, Gb }, Us)]
    [InlineData("+14155550123", new[] { Gb, Ca }, Ca)]
    [InlineData("+14155550123", new[] { Gb, TollFree }, TollFree)]
    [InlineData("+18885550123", new[] { Ca, Us }, Us)]
    [InlineData(Us, new[] { Us, Ca }, Ca)]
    public void The_senders_country_is_the_recipients_then_the_us_then_any(string to, string[] pool, string chosen)
    {
        var choice = Select(to, pool);

        Assert.Equal(chosen, Assert.IsType<SenderChoice.Chosen>(choice).Sender.Address);
        Assert.Equal([chosen], choice.Steps()[^1].Kept);
    }

    [Theory]
    [InlineData("+14155550123", new[] { Gb, De })]
    [InlineData("+16135550123", new[] { Gb })]
    [InlineData("+14155550123", new[] { Jm })]
    [InlineData("+447700900123", new[] { TollFree })]
    [InlineData("whatsapp:+14155550123", new[] { Us })]
    [InlineData("rcs:+14155550123", new[] { Us })]
    [InlineData(Us, new[] { Us })]
    public void A_recipient_that_no_sender_reaches_is_21703(string to, string[] pool)
    {
        var refused = Assert.IsType<SenderChoice.Refused>(Select(to, pool));

        Assert.Equal(21703, refused.Error.Code);
        Assert.Empty(refused.Steps()[^1].Kept);
        Assert.Equal(pool.Order(), refused.Steps()[^1].Removed.Select(removed => removed.Sender).Order());
    }

    [Fact]
    public void An_empty_pool_is_21704() => Assert.Equal(21704, Assert.IsType<SenderChoice.Refused>(Select("+14155550123", [])).Error.Code);

    [Fact]
    public void Media_need_a_sender_with_mms() => Assert.Equal(Us,
        Assert.IsType<SenderChoice.Chosen>(SenderSelector.Select(Request("+447700900123", media: true), Pool([Gb, Us]))).Sender.Address);

    [Fact]
    public void Senders_take_turns()
    {
        var pool = Pool([Us, "+14155550002", "+14155550003"]);
        var used = new List<string>();
        for (var i = 1; i <= 9; i++)
        {
            var sender = Assert.IsType<SenderChoice.Chosen>(SenderSelector.Select(Request("+14155550123"), pool)).Sender;
            sender.LastUsed = i;
            used.Add(sender.Address);
        }

        Assert.Equal(Enumerable.Repeat(pool.Senders.Select(sender => sender.Address), 3).SelectMany(turn => turn), used);
    }

    [Fact]
    public void Whatever_the_pool_each_step_keeps_and_removes_what_the_one_before_kept()
    {
        var address = Gen.OneOf(Us, Ca, Gb, De, Jm, TollFree);
        Gen.Select(Gen.OneOf("+14155550123", "+16135550123", "+447700900123", "+33612345678"), address.HashSet[0, 6]).Sample((to, senders) =>
        {
            var choice = Select(to, [.. senders]);
            var before = senders.Order().ToList();
            foreach (var step in choice.Steps())
            {
                if (!before.SequenceEqual(step.Kept.Concat(step.Removed.Select(removed => removed.Sender)).Order())) return false;
                before = [.. step.Kept.Order()];
            }

            return choice is not SenderChoice.Chosen chosen || before.SequenceEqual([chosen.Sender.Address]);
        });
    }

    [Fact]
    public void A_recorded_step_names_ten_senders_and_counts_the_rest()
    {
        var choice = Select("+14155550123", [.. Enumerable.Range(1, 30).Select(i => $"+141555500{i:00}")]);

        var step = SenderSelection.Of(Sid.Create("SM", 1), choice).Steps[^1];

        Assert.Equal((1, 1, 10, 29), (step.Kept.Count, step.KeptCount, step.Removed.Count, step.RemovedCount));
    }

    private static SenderChoice Select(string to, string[] pool) => SenderSelector.Select(Request(to), Pool(pool));

    private static SelectionRequest Request(string to, bool media = false) => new(RecipientAddress.Parse(to).Address!, media);

    private static SenderPool Pool(string[] addresses) => new(addresses.Select((address, i) =>
    {
        Assert.True(PhoneNumberValue.TryParse(address, out var number));
        return new PoolSender(Sid.Create("MG", 1), new PhoneNumber(Sid.Create("PN", (UInt128)i), Sid.Create("AC", 1), number, Now), Now);
    }));
}
