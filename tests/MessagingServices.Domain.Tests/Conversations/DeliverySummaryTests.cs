using CsCheck;

namespace MessagingServices.Domain.Tests.Conversations;

public sealed class DeliverySummaryTests
{
    [Fact]
    public void Message_without_recipients_has_no_summary() => Assert.Null(DeliverySummary.Of([]));

    [Theory]
    [InlineData("queued", "none none none none none")]
    [InlineData("sent", "all none none none none")]
    [InlineData("delivered delivered", "all all none none none")]
    [InlineData("sent delivered", "all some none none none")]
    [InlineData("read delivered", "all all some none none")]
    [InlineData("read", "all all all none none")]
    [InlineData("failed", "none none none all none")]
    [InlineData("failed sent", "some none none some none")]
    [InlineData("undelivered", "all none none none all")]
    [InlineData("accepted undelivered", "some none none none some")]
    public void Summary_has_the_share_of_each_status(string statuses, string expected)
    {
        var summary = DeliverySummary.Of([.. statuses.Split(' ').Select(EnumNames<MessageStatus>.Parse)])!;

        Share[] shares = [summary.Sent, summary.Delivered, summary.Read, summary.Failed, summary.Undelivered];
        Assert.Equal(expected, string.Join(' ', shares.Select(EnumNames<Share>.Of)));
    }

    [Fact]
    public void Shares_of_later_statuses_are_not_larger_in_any_order() =>
        Gen.Enum<MessageStatus>().Array[1, 10].Sample(statuses =>
        {
            var summary = DeliverySummary.Of(statuses)!;
            Array.Reverse(statuses);
            return summary.Total == statuses.Length && summary.Read <= summary.Delivered
                && summary.Delivered <= summary.Sent
                && summary.Undelivered <= summary.Sent && summary == DeliverySummary.Of(statuses);
        });
}
