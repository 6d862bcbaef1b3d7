using System.Text;
using System.Xml.Linq;

namespace MessagingServices.Domain.Inbound;

/// <summary>The text of elements.</summary>
internal static class TwimlText
{
    private const string WhiteSpace = " \t\r\n";

    /// <summary>
    /// A text without the white space that only lays out the document: that before the first and after the last word, where it holds a
    /// line break. Line breaks and spaces between words stay, and so do plain spaces at the ends; white space alone is nothing.
    /// </summary>
    public static string WithoutIndentation(string text)
    {
        var start = text.AsSpan().IndexOfAnyExcept(WhiteSpace);
        if (start < 0) return "";
        var end = text.AsSpan().LastIndexOfAnyExcept(WhiteSpace) + 1;
        if (!text.AsSpan(0, start).ContainsAny('\r', '\n')) start = 0;
        if (!text.AsSpan(end).ContainsAny('\r', '\n')) end = text.Length;
        return text[start..end];
    }

    /// <summary>The text that stands directly in an element; what is in elements within it does not count.</summary>
    public static string Of(XElement element)
    {
        var text = new StringBuilder();
        foreach (var piece in element.Nodes().OfType<XText>()) text.Append(piece.Value);
        return WithoutIndentation(text.ToString());
    }
}
