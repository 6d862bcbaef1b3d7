using System.Globalization;

namespace MessagingServices.Domain.Senders;

/// <summary>The phone numbers of an area code of the US or Canada.</summary>
public static class AreaCodeNumbers
{
    private const int FirstExchange = 200;
    private const int LastExchange = 999;
    private const int SubscribersOfExchange = 10_000;

    /// <summary>
    /// Whether the text is an area code of the US or Canada that libphonenumber knows to be in service.
    /// </summary>
    public static bool IsAreaCode(string text) =>
        text.Length == 3 && text.All(char.IsAsciiDigit)
        // libphonenumber assigns numbers with an unused area code to the US. Only a number in service is reliable.
        && PhoneNumberValue.TryParse($"+1{text}2345678", out var sample)
        && sample is { IsInService: true, Country: "US" or "CA" };

    /// <summary>
    /// All numbers of the area code in E.164: first 555-0100 to 555-0199, which are reserved for fiction, then all
    /// other exchanges.
    /// </summary>
    public static IEnumerable<string> Of(string areaCode)
    {
        for (var subscriber = 100; subscriber < 200; subscriber++) yield return Number(areaCode, 555, subscriber);
        for (var exchange = FirstExchange; exchange <= LastExchange; exchange++)
        {
            // 211 to 911 are short numbers. The other numbers of 555 are never offered.
            if (exchange % 100 == 11 || exchange == 555) continue;
            for (var subscriber = 0; subscriber < SubscribersOfExchange; subscriber++)
                yield return Number(areaCode, exchange, subscriber);
        }
    }

    private static string Number(string areaCode, int exchange, int subscriber) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{areaCode}{exchange}{subscriber:0000}");
}
