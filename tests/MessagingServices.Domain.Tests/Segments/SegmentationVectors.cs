namespace MessagingServices.Domain.Tests.Segments;

/// <summary>Bodies and the size of their segments, from Twilio's calculator (sms-segments-calculator 1.3.0).</summary>
internal static class SegmentationVectors
{
    private const string Face = "\U0001F61C";
    private const string ItalianFlag = "\U0001F1EE\U0001F1F9";
    private const string RainbowFlag = "\U0001F3F3\uFE0F\u200D\U0001F308";

    public static IEnumerable<TheoryDataRow<string, int[]>> Gsm7 =>
    [
        Row("nothing", "", 0),
        Row("one character", "a", 1),
        Row("one below the limit", Times("a", 159), 159),
        Row("the limit", Times("a", 160), 160),
        Row("one above the limit", Times("a", 161), 153, 8),
        Row("two full segments", Times("a", 306), 153, 153),
        Row("one above two segments", Times("a", 307), 153, 153, 1),
        Row("three full segments", Times("a", 459), 153, 153, 153),
        Row("one above three segments", Times("a", 460), 153, 153, 153, 1),
        Row("ten full segments", Times("a", 1530), Enumerable.Repeat(153, 10)),
        Row("one above ten segments", Times("a", 1531), Enumerable.Repeat(153, 10).Append(1)),
        Row("the longest body", Times("a", 1600), Enumerable.Repeat(153, 10).Append(70)),
        Row("extension characters up to the limit", Times("€", 80), 160),
        Row("extension characters above the limit", Times("€", 81), 152, 10),
        Row("an extension character, then up to the limit", "[" + Times("a", 158), 160),
        Row("an extension character, then above the limit", "[" + Times("a", 159), 153, 8),
        Row("an extension character on the first boundary", Times("a", 152) + "€" + Times("a", 20), 152, 22),
        Row("an extension character last", Times("a", 159) + "€", 153, 8),
        Row("an extension character on both boundaries", Times("a", 152) + "€" + Times("a", 150) + "€a", 152, 152, 3),
        Row("306 septets that need a third segment", Times("a", 152) + "€" + Times("a", 152), 152, 153, 1),
        Row("a capital c with cedilla", "Ç", 1),
        Row("an e with acute", "é", 1),
        Row("a line feed", "a\nb", 3),
        Row("carriage return and line feed", "a\r\nb", 4),
        Row("a form feed is an extension character", "\f" + Times("a", 158), 160),
        Row("carriage return and line feed on the boundary", Times("a", 152) + "\r\n" + Times("a", 10), 153, 11),
    ];

    public static IEnumerable<TheoryDataRow<string, int[]>> Ucs2 =>
    [
        Row("the limit", Times("я", 70), 70),
        Row("one above the limit", Times("я", 71), 67, 4),
        Row("two full segments", Times("я", 134), 67, 67),
        Row("one above two segments", Times("я", 135), 67, 67, 1),
        Row("three full segments", Times("я", 201), 67, 67, 67),
        Row("one above three segments", Times("я", 202), 67, 67, 67, 1),
        Row("an emoji, then up to the limit", Face + Times("a", 68), 70),
        Row("an emoji, then above the limit", Face + Times("a", 69), 67, 4),
        Row("emoji up to the limit", Times(Face, 35), 70),
        Row("emoji above the limit", Times(Face, 36), 66, 6),
        Row("an emoji on the boundary", Times("a", 66) + Face + Times("a", 10), 66, 12),
        Row("emoji on both boundaries", Times(Face, 67), 66, 66, 2),
        Row("GSM extension characters take one unit", Face + Times("]", 68), 70),
        Row("GSM extension characters above the limit", Face + Times("]", 69), 67, 4),
        Row("a backtick", "`", 1),
        Row("a small c with cedilla", "ç", 1),
        Row("an a with acute", "á", 1),
        Row("a tab", "a\tb", 3),
        Row("a flag, then up to the limit", ItalianFlag + Times("2", 66), 70),
        Row("a flag, then above the limit", ItalianFlag + Times("2", 67), 67, 4),
        Row("a joined emoji on the boundary", Times("a", 63) + RainbowFlag + Times("a", 5), 63, 11),
        Row("curly quotes", "“Hi”", 4),
        Row("one dash after 159 GSM characters", Times("a", 159) + "—", 67, 67, 26),
        Row("carriage return and line feed on the boundary", Times("я", 66) + "\r\n" + Times("я", 10), 67, 11),
    ];

    /// <summary>Bodies, their encoded texts, and the size of their segments.</summary>
    public static IEnumerable<TheoryDataRow<string, string, int[]>> SmartEncoded =>
    [
        Row("curly quotes", "“Hi”", "\"Hi\"", 4),
        Row("an ellipsis", "Wait…", "Wait...", 7),
        Row("a fraction", "½ price", "1/2 price", 9),
        Row("a dash after 159 characters", Times("a", 159) + "—", Times("a", 159) + "-", 160),
        Row("an ellipsis that needs a second segment", Times("a", 158) + "…", Times("a", 158) + "...", 153, 8),
        Row("curly quotes around an emoji stay", "“\U0001F631”", "“\U0001F631”", 4),
    ];

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static TheoryDataRow<string, int[]> Row(string name, string body, params IEnumerable<int> units) =>
        new(body, [.. units]) { TestDisplayName = name };

    private static TheoryDataRow<string, string, int[]> Row(
        string name, string body, string encoded, params IEnumerable<int> units) =>
        new(body, encoded, [.. units]) { TestDisplayName = name };
}
