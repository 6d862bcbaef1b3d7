namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// A search text for numbers: digits that the number contains, <c>*</c> for any digit; behind a <c>+</c>, digits that
/// it begins with. Characters that people write between digits are ignored.
/// </summary>
internal static class NumberPattern
{
    /// <summary>The pattern for LIKE; null when no number can match.</summary>
    public static string? Like(string text)
    {
        var wanted = new string([.. text.Where(character => !" ()-.".Contains(character, StringComparison.Ordinal))]);
        var fromStart = wanted.StartsWith('+');
        var digits = fromStart ? wanted[1..] : wanted;
        if (!digits.All(character => char.IsAsciiDigit(character) || character == '*')) return null;
        return (fromStart ? "+" : "%") + digits.Replace('*', '_') + "%";
    }
}
