namespace MessagingServices.Domain.Extracts;

/// <summary>What a person takes out of a message: its one-time codes and its links.</summary>
/// <param name="Codes">
/// The one-time codes, best first, without separators: <c>123 456</c> and <c>123-456</c> are <c>123456</c>. Digits of
/// all scripts are ASCII digits.
/// </param>
/// <param name="Links">
/// The links, those that ask to do something first, then in the order of the text. Each is a part of the text.
/// </param>
public sealed record MessageExtracts(IReadOnlyList<string> Codes, IReadOnlyList<string> Links)
{
    private static readonly MessageExtracts None = new([], []);

    /// <summary>Reads a text of any length and any language. The time is proportional to the length.</summary>
    public static MessageExtracts Of(string text)
    {
        if (text.Length == 0) return None;
        var links = LinkScanner.Scan(text);
        var tokens = TextTokens.Of(PlainText.Of(text, links));
        var codes = CodeFinder.Find(tokens);
        return new(codes.Count > 0 ? codes : CodesInLinks.Find(tokens, links), LinkRanking.Rank(links));
    }
}
