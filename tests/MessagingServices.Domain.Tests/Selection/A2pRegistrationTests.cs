using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class A2pRegistrationTests
{
    [Theory]
    [InlineData(ToUs, TollFree, Us, Ca, TollFree)]
    [InlineData(ToTollFree, TollFree, Us, TollFree)]
    [InlineData(ToUs, "", Us, Ca)]
    [InlineData(ToUs, "12345", Us, AShortCode)]
    [InlineData(ToCa, null, Us, Ca)]
    [InlineData(ToPr, null, Us)]
    [InlineData(ToGb, null, Us, Gb)]
    public void Recipients_in_the_US_need_a_number_in_a_campaign(string to, string? kept, params string[] pool) =>
        Assert.Equal(kept,
            Select(To(to) with { RegisteredServices = new HashSet<Sid>() }, pool).Kept("A2pRegistration"));

    [Fact]
    public void Numbers_of_a_service_with_a_campaign_are_kept() =>
        Assert.Equal($"{Us} {Ca}",
            Select(To(ToUs) with { RegisteredServices = new HashSet<Sid> { Service } }, Us, Ca)
                .Kept("A2pRegistration"));

    [Fact]
    public void Fallback_sender_needs_a_campaign_of_its_own_pool()
    {
        var other = Sid.Create("MG", 2);
        var request = To(ToUs) with
        {
            WithoutRcsFrom = new HashSet<string> { Rcs },
            FallbackFrom = Sender(Us212, 9, other),
        };

        Assert.Null(Select(request with { RegisteredServices = new HashSet<Sid> { Service } }, Rcs).Chosen());
        Assert.Equal(Us212, Select(request with { RegisteredServices = new HashSet<Sid> { other } }, Rcs).Chosen());
    }

    [Fact]
    public void Rule_does_not_apply_where_registration_is_not_enforced() =>
        Assert.Null(Select(ToUs, Us).Kept("A2pRegistration"));
}
