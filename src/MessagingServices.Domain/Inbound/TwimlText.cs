using System.Text;
using System.Xml.Linq;

namespace MessagingServices.Domain.Inbound;

/// <summary>Reads the text of elements.</summary>
internal static class TwimlText
{
    private const string WhiteSpace = " \t\r\n";

    /// <summary>
    /// Removes white space that only formats the document: at the start and at the end, if it contains a line break.
    /// Other white space is kept, except in a blank text.
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

    /// <summary>The text directly in an element, without the text of its child elements.</summary>
    public static string Of(XElement element)
    {
        var text = new StringBuilder();
        foreach (var piece in element.Nodes().OfType<XText>()) text.Append(piece.Value);
        return WithoutIndentation(text.ToString());
    }
}
