using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// What applications answer to an inbound message. Sources: https://www.twilio.com/docs/messaging/twiml and the dictionary of errors.
/// Whatever comes is read without exception, without looking at anything outside it, and in time in proportion to its length.
/// </summary>
public static class Twiml
{
    /// <summary>The most bytes of an answer; longer ones fail with 11750.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most warnings that are kept of one document.</summary>
    public const int MaxWarnings = 20;

    /// <summary>
    /// Reads an answer. <c>text/xml</c>, <c>application/xml</c> and <c>text/html</c> are TwiML, <c>text/plain</c> is the text of one reply;
    /// an empty body of whatever type, or only white space, asks for nothing. Fails with 11750 (too long), 12300 (another type or
    /// none), 12100 (no well-formed XML, or a document type declaration), 12102 (the root is not <c>Response</c>), 11100 (a
    /// <c>Redirect</c> to what is no URL).
    /// </summary>
    /// <param name="contentType">The header; of its parameters <c>charset</c> counts when it is UTF-8, UTF-16, ISO-8859-1 or US-ASCII.</param>
    /// <param name="body">The answer; a longer one than <see cref="MaxBytes"/> may be cut at any point beyond it.</param>
    /// <param name="documentUrl">The absolute URL that answered, which relative URLs start from.</param>
    public static TwimlResult Read(string? contentType, ReadOnlyMemory<byte> body, string documentUrl)
    {
        if (body.Length > MaxBytes) return Fail(MessagingError.AnswerTooLarge, $"The answer is longer than {MaxBytes} bytes");
        if (IsBlank(body.Span)) return TwimlResult.Document.Empty;

        var (type, charset) = TypeOf(contentType);
        return type switch
        {
            "text/xml" or "application/xml" or "text/html" => ReadXml(body, charset, documentUrl),
            "text/plain" => ReadText(body.Span, charset ?? Encoding.UTF8),
            "" => Fail(MessagingError.InvalidContentType, "The answer has no Content-Type"),
            _ => Fail(MessagingError.InvalidContentType, $"Content-Type {type} is neither XML nor plain text"),
        };
    }

    internal static TwimlResult.Failed Fail(MessagingError error, string detail) => new(error.Code, TwimlWarnings.Plain(detail));

    private static TwimlResult.Document ReadText(ReadOnlySpan<byte> body, Encoding charset)
    {
        // PostgreSQL stores no NUL, and no handset shows one.
        var text = Decode(body, charset).Replace("\0", "", StringComparison.Ordinal);
        var warnings = new TwimlWarnings();
        var message = MessageVerb.Checked(new(TwimlText.WithoutIndentation(text), []), warnings);
        return new(message is null ? [] : [message], null, warnings.Collected);
    }

    private static TwimlResult ReadXml(ReadOnlyMemory<byte> body, Encoding? charset, string documentUrl)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            // Without a charset the reader goes by the byte order mark and the declaration.
            using var text = charset is null ? null : new StreamReader(stream, charset, detectEncodingFromByteOrderMarks: true);
            using var reader = text is null ? XmlReader.Create(stream, Settings()) : XmlReader.Create(text, Settings());
            var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
            return root.Name.LocalName == "Response"
                ? new TwimlDocument(documentUrl).Read(root)
                : Fail(MessagingError.RootNotResponse, $"The root element is {root.Name}");
        }
        catch (Exception malformed) when (malformed is XmlException or DecoderFallbackException)
        {
            // The reader's own words for a document type are advice to its programmer.
            return Fail(MessagingError.DocumentParseFailure,
                malformed.Message.Contains("DtdProcessing", StringComparison.Ordinal) ? "A document type declaration is not read" : malformed.Message);
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = 1,
    };

    private static string Decode(ReadOnlySpan<byte> body, Encoding charset)
    {
        // Half a character is replaced, not refused: it is a text all the same.
        var lenient = (Encoding)charset.Clone();
        lenient.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        return lenient.GetString(body).TrimStart('\uFEFF');
    }

    private static bool IsBlank(ReadOnlySpan<byte> body) =>
        (body.StartsWith("\uFEFF"u8) ? body[3..] : body).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static (string Type, Encoding? Charset) TypeOf(string? contentType)
    {
        var parts = (contentType ?? "").Split(';', StringSplitOptions.TrimEntries);
        var charset = parts.Skip(1).FirstOrDefault(part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase));
        return (parts[0].ToLowerInvariant(), charset?["charset=".Length..].Trim('"', '\'', ' ').ToLowerInvariant() switch
        {
            "utf-8" or "utf8" or "us-ascii" or "ascii" => new UTF8Encoding(false, throwOnInvalidBytes: true),
            "iso-8859-1" or "latin1" => Encoding.Latin1,
            "utf-16" or "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        });
    }
}
