namespace MessagingServices.Domain.Tests.Senders;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("+12125550100", "NEW YORK", "NY")]
    [InlineData("+14155550100", "SAN FRANCISCO", "CA")]
    [InlineData("+14165550100", null, "ON")]
    [InlineData("+441212345678", null, null)]
    [InlineData("+18005550100", null, null)]
    [InlineData("+18765550100", null, null)]
    [InlineData("+447700900103", null, null)]
    public void Number_of_North_America_has_city_and_state_if_they_are_known(string text, string? city, string? state)
    {
        Assert.True(PhoneNumberValue.TryParse(text, out var number));

        Assert.Equal((city, state), number.Place);
    }
}
