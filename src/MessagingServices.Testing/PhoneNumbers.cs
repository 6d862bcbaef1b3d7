namespace MessagingServices.Testing;

/// <summary>How phone numbers are written.</summary>
internal static class PhoneNumbers
{
    // Short codes have at most eight digits.
    private const int MinDigits = 9;
    private const int MaxDigits = 15;

    /// <summary>
    /// Refuses a phone number with blanks, or without its plus. Short codes and names may be anything.
    /// </summary>
    /// <param name="address">With or without the prefix of a channel.</param>
    public static void CheckForm(string address)
    {
        var number = address[(address.IndexOf(':') + 1)..];
        var isNumber = number.StartsWith('+')
            || (number.Count(char.IsAsciiDigit) >= MinDigits && !number.Any(char.IsAsciiLetter));
        var isE164 = number.StartsWith('+') && number.Length <= MaxDigits + 1 && number.Skip(1).All(char.IsAsciiDigit);
        if (address.Length == 0 || (isNumber && !isE164))
        {
            throw new ArgumentException(
                $"\"{address}\" is no number in E.164, such as +14155550123, or on WhatsApp whatsapp:+14155550123.",
                nameof(address));
        }
    }
}
