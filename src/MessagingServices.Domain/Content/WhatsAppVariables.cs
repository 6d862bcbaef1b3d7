namespace MessagingServices.Domain.Content;

/// <summary>The rule of WhatsApp for the values of placeholders.</summary>
public static class WhatsAppVariables
{
    private const string FiveSpaces = "     ";

    /// <summary>
    /// Whether WhatsApp takes the value: it is not empty and has no line feed, no tab and at most four spaces in a row.
    /// Source: https://www.twilio.com/docs/api/errors/21656.
    /// </summary>
    public static bool IsAllowed(string value) =>
        value.Length > 0 && !value.AsSpan().ContainsAny('\n', '\t')
        && !value.Contains(FiveSpaces, StringComparison.Ordinal);
}
