namespace MessagingServices.Domain.Tests.Throughput;

/// <summary>Twilio's rates by sender, recipient and type of message.</summary>
public sealed class SendingRatesTests
{
    private static readonly SendingRates Rates = new();

    [Theory]
    [InlineData(SenderType.LongCode, "US", false, false, 1)]
    [InlineData(SenderType.LongCode, "US", false, true, 10)]
    [InlineData(SenderType.LongCode, "CA", false, true, 1)]
    [InlineData(SenderType.LongCode, "DE", false, false, 10)]
    [InlineData(SenderType.LongCode, null, false, false, 10)]
    [InlineData(SenderType.LongCode, "US", true, false, 50)]
    [InlineData(SenderType.TollFree, "US", false, false, 3)]
    [InlineData(SenderType.TollFree, "CA", false, false, 3)]
    [InlineData(SenderType.TollFree, "US", true, false, 25)]
    [InlineData(SenderType.ShortCode, "US", false, false, 100)]
    [InlineData(SenderType.ShortCode, "US", true, false, 40)]
    [InlineData(SenderType.Alphanumeric, "GB", false, false, 10)]
    [InlineData(SenderType.Rcs, "US", false, false, 100)]
    [InlineData(SenderType.WhatsApp, "BR", false, false, 80)]
    public void Each_type_of_sender_has_its_rate(
        SenderType type, string? country, bool isMms, bool hasCampaign, int perSecond) =>
        Assert.Equal(perSecond, Rates.RateOf(type, "sender", country, isMms, hasCampaign).PerSecond);

    [Fact]
    public void MMS_from_numbers_shares_a_queue_and_other_messages_do_not()
    {
        Assert.Equal(Queue(SenderType.LongCode, "+14155550100", isMms: true),
            Queue(SenderType.LongCode, "+14155550101", isMms: true));
        Assert.NotEqual(Queue(SenderType.LongCode, "+14155550100", isMms: true),
            Queue(SenderType.TollFree, "+18885550100", isMms: true));
        Assert.Equal("+14155550100", Queue(SenderType.LongCode, "+14155550100", isMms: false));
        Assert.Equal("12345", Queue(SenderType.ShortCode, "12345", isMms: true));

        static string Queue(SenderType type, string address, bool isMms) =>
            Rates.RateOf(type, address, "US", isMms, hasCampaign: false).Queue;
    }

    [Theory]
    [InlineData(SenderType.Rcs, false)]
    [InlineData(SenderType.WhatsApp, false)]
    [InlineData(SenderType.LongCode, true)]
    [InlineData(SenderType.ShortCode, true)]
    public void Only_queues_of_SMS_and_MMS_have_a_limit(SenderType type, bool hasLimit) =>
        Assert.Equal(hasLimit, Rates.RateOf(type, "sender", "US", false, false).HasLimit);

    [Fact]
    public void SMS_counts_its_segments_and_MMS_counts_as_one()
    {
        var sms = Accept(new string('a', 161), []);
        var mms = Accept(new string('a', 161), ["https://example.com/a.png"]);

        Assert.Equal(TimeSpan.FromSeconds(2), Rates.EffortOf(sms, hasCampaign: false).Duration);
        Assert.Equal(TimeSpan.FromSeconds(0.02), Rates.EffortOf(mms, hasCampaign: false).Duration);
    }

    private static Message Accept(string body, IReadOnlyList<string> media) => Message.Accept(
        new(Sid.Create(SidPrefix.TextMessage, 1), Sid.Create(SidPrefix.Account, 1), "+14155550123",
            body) { From = "+14155550100", MediaUrls = media },
        DateTimeOffset.UnixEpoch);
}
