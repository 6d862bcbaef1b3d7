using PhoneNumbers;

namespace MessagingServices.Domain.Tests.Senders;

/// <summary>The phone numbers that can be provisioned.</summary>
public sealed class NumberOffersTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    public static TheoryData<string, OfferedNumberType> Offers => [.. NumberCountry.All.SelectMany(
        country => NumberOffers.TypesIn(country.Code).Select(type => (country.Code, type)))];

    [Theory]
    [MemberData(nameof(Offers))]
    public void Every_offer_is_valid_of_its_country_and_type_and_always_the_same(
        string country, OfferedNumberType type)
    {
        var search = new NumberSearch(country, type);
        List<string> found = [.. NumberOffers.Find(search).Take(50).Select(number => number.E164)];

        // The national numbers of some countries are few.
        Assert.True(found.Count >= (type == OfferedNumberType.National ? 10 : 50), $"{found.Count}");
        Assert.Equal(found, found.Distinct());
        Assert.Equal(found, NumberOffers.Find(search).Take(50).Select(number => number.E164));
        Assert.All(found, number => Assert.True(Library.IsValidNumber(Library.Parse(number, null)), number));
        if (type != OfferedNumberType.TollFree)
        {
            Assert.All(found, number =>
                Assert.Equal(country, Library.GetRegionCodeForNumber(Library.Parse(number, null))));
        }
    }

    [Fact]
    public void A_search_ends_when_its_caller_has_gone()
    {
        using var gone = new CancellationTokenSource();
        // No number is there, so only the token can end the search.
        var search = new NumberSearch("US", OfferedNumberType.Local) { Locality = "Nowhere" };
        gone.Cancel();

        Assert.Throws<OperationCanceledException>(() => NumberOffers.Find(search, gone.Token).Any());
    }

    [Fact]
    public void The_first_offers_are_of_many_area_codes() => Assert.Equal(20, NumberOffers
        .Find(new("US", OfferedNumberType.Local)).Take(20).Select(number => number.AreaCode).Distinct().Count());

    [Theory]
    [InlineData("STORM", "78676")]
    [InlineData("+1415", "+1415")]
    [InlineData("0199$", "0199")]
    [InlineData("%555%", "555")]
    public void An_offer_has_the_digits_of_the_search(string text, string digits)
    {
        List<string> found =
        [
            .. NumberOffers.Find(new("US", OfferedNumberType.Local) { Contains = NumberContains.TryParse(text) })
                .Take(50).Select(number => number.E164),
        ];

        Assert.Equal(50, found.Count);
        Assert.All(found, number => Assert.Contains(digits, number, StringComparison.Ordinal));
        if (text.EndsWith('$'))
            Assert.All(found, number => Assert.EndsWith(digits, number, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("12345678901234567")]
    [InlineData("12+3")]
    [InlineData("é1")]
    [InlineData("1%2")]
    public void Other_texts_are_no_search(string text) => Assert.Null(NumberContains.TryParse(text));

    [Fact]
    public void An_exact_number_is_found_and_a_wrong_one_is_not()
    {
        Assert.Equal("+14152345678", NumberOffers.Find(new("US", OfferedNumberType.Local)
        {
            Contains = NumberContains.TryParse("+14152345678"),
        }).Single().E164);
        Assert.Empty(NumberOffers.Find(new("US", OfferedNumberType.Local)
        {
            Contains = NumberContains.TryParse("+14151345678"),
        }));
    }
}
