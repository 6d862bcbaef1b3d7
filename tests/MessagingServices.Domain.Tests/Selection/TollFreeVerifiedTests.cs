using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class TollFreeVerifiedTests
{
    [Theory]
    [InlineData(ToUs, Us, Us, TollFree)]
    [InlineData(ToCa, Us, Us, TollFree)]
    [InlineData(ToTollFree, Us, Us, TollFree)]
    [InlineData(ToUs, "", TollFree)]
    [InlineData(ToUs, null, Us)]
    [InlineData(ToGb, null, Gb, TollFree)]
    public void Recipients_in_the_US_and_Canada_need_a_verified_number(string to, string? kept, params string[] pool) =>
        Assert.Equal(kept,
            Select(To(to) with { VerifiedTollFree = new HashSet<string>() }, pool).Kept("TollFreeVerified"));

    [Fact]
    public void A_verified_number_is_kept() => Assert.Equal($"{Us} {TollFree}",
        Select(To(ToUs) with { VerifiedTollFree = new HashSet<string> { TollFree } }, Us, TollFree)
            .Kept("TollFreeVerified"));

    [Fact]
    public void Without_another_sender_the_error_is_30032() => Assert.Equal(MessagingError.TollFreeNotVerified,
        Assert.IsType<SenderChoice.NoSender>(
            Select(To(ToUs) with { VerifiedTollFree = new HashSet<string>() }, TollFree)).Error);

    [Fact]
    public void Rule_does_not_apply_where_registration_is_not_enforced() =>
        Assert.Null(Select(ToUs, TollFree).Kept("TollFreeVerified"));
}
