using CsCheck;

namespace MessagingServices.Domain.Tests.Senders;

public sealed class PhoneNumberValueTests
{
    [Theory]
    [InlineData("+14155550100", "+14155550100", "US")]
    [InlineData("+1 (415) 555-0100", "+14155550100", "US")]
    [InlineData(" 14155550100", "+14155550100", "US")]
    [InlineData("4155550100", "+14155550100", "US")]
    [InlineData("+16135550100", "+16135550100", "CA")]
    [InlineData("+18765550100", "+18765550100", "JM")]
    [InlineData("+17875550100", "+17875550100", "PR")]
    [InlineData("+15555550100", "+15555550100", "US")]
    [InlineData("+447700900123", "+447700900123", "GB")]
    [InlineData("+447400123456", "+447400123456", "GB")]
    [InlineData("+447781100000", "+447781100000", "GG")]
    [InlineData("+4915112345678", "+4915112345678", "DE")]
    [InlineData("+821012345678", "+821012345678", "KR")]
    [InlineData("+18005550100", "+18005550100", null)]
    [InlineData("+80012345678", "+80012345678", null)]
    public void Possible_number_is_normalised_and_has_a_country(string text, string e164, string? country)
    {
        Assert.True(PhoneNumberValue.TryParse(text, out var number));
        Assert.Equal((e164, country), (number.E164, number.Country));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+1")]
    [InlineData("12345")]
    [InlineData("2345678")]
    [InlineData("+12345678")]
    [InlineData("banana")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("+999123456789")]
    [InlineData("+1415555010012345")]
    [InlineData("+14155550100;ext=5")]
    [InlineData("+1415+5550100")]
    [InlineData("+٤١٥٥٥٥٠١٠٠٠")]
    public void Other_texts_are_not_numbers(string text) => Assert.False(PhoneNumberValue.TryParse(text, out _));

    [Fact]
    public void Parsed_number_parses_to_itself() =>
        Gen.Select(Gen.OneOf("", "+", "+44 ", "+44 0", "+44 00", "+1 1", "+49 0", "+39 "),
        Gen.Char['0', '9'].Array[3, 15]).Sample((prefix, digits) =>
            !PhoneNumberValue.TryParse(prefix + new string(digits), out var number)
            || (PhoneNumberValue.TryParse(number.E164, out var again) && again.E164 == number.E164));

    [Theory]
    [InlineData("+18005550100", true)]
    [InlineData("+18335550100", true)]
    [InlineData("+18885550100", true)]
    [InlineData("+18225550100", false)]
    [InlineData("+14155550100", false)]
    [InlineData("+448005550100", false)]
    public void Toll_free_number_is_recognised_by_its_code(string text, bool tollFree) =>
        Assert.Equal(tollFree, Parse(text).IsTollFree);

    [Fact]
    public void US_number_has_a_national_format() =>
        Assert.Equal("(415) 555-0100", Parse("+14155550100").NationalFormat);

    [Fact]
    public void Only_North_American_numbers_have_an_area_code() =>
        Assert.Equal(("415", null), (Parse("+14155550100").AreaCode, Parse("+447700900123").AreaCode));

    private static PhoneNumberValue Parse(string text) =>
        PhoneNumberValue.TryParse(text, out var number) ? number : throw new FormatException(text);
}
