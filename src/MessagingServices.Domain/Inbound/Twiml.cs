using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// Reads the application's response to an inbound message. Sources: https://www.twilio.com/docs/messaging/twiml and the
/// dictionary of errors. Any input gives a result: without an exception, without a request for other resources, and in
/// linear time.
/// </summary>
public static class Twiml
{
    /// <summary>The maximum size of a response, in bytes. Larger ones fail with 11750.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The maximum number of warnings that are kept for one document.</summary>
    public const int MaxWarnings = 20;

    /// <summary>
    /// Reads a response. <c>text/xml</c>, <c>application/xml</c> and <c>text/html</c> are TwiML; <c>text/plain</c> is
    /// the text of one reply. An empty or blank body requests nothing. Errors: 11750 (too large), 12300 (other or
    /// missing content type), 12100 (malformed XML, or a document type declaration), 12102 (the root is not
    /// <c>Response</c>), 11100 (invalid URL in <c>Redirect</c> or <c>action</c>).
    /// </summary>
    /// <param name="contentType">
    /// The header. Its <c>charset</c> is used for UTF-8, UTF-16, ISO-8859-1 and US-ASCII.
    /// </param>
    /// <param name="body">
    /// The response body. A body longer than <see cref="MaxBytes"/> may be cut anywhere after that size.
    /// </param>
    /// <param name="documentUrl">The document's absolute URL, the base of relative URLs.</param>
    public static TwimlResult Read(string? contentType, ReadOnlyMemory<byte> body, string documentUrl)
    {
        if (body.Length > MaxBytes)
            return Fail(MessagingError.ResponseTooLarge, $"The answer is longer than {MaxBytes} bytes");
        if (IsBlank(body.Span)) return TwimlResult.Document.Empty;

        var (type, charset) = ParseContentType(contentType);
        return type switch
        {
            "text/xml" or "application/xml" or "text/html" => ReadXml(body, charset, documentUrl),
            "text/plain" => ReadText(body.Span, charset ?? Encoding.UTF8),
            "" => Fail(MessagingError.InvalidContentType, "The answer has no Content-Type"),
            _ => Fail(MessagingError.InvalidContentType, $"Content-Type {type} is neither XML nor plain text"),
        };
    }

    internal static TwimlResult.Invalid Fail(MessagingError error, string detail) =>
        new(error.Code, TwimlWarnings.Plain(detail));

    private static TwimlResult.Document ReadText(ReadOnlySpan<byte> body, Encoding charset)
    {
        // PostgreSQL cannot store NUL.
        var text = Decode(body, charset).Replace("\0", "", StringComparison.Ordinal);
        var warnings = new TwimlWarnings();
        var message = MessageVerb.Checked(new(TwimlText.WithoutIndentation(text), []), warnings);
        return new(message is null ? [] : [message], null, warnings.Items);
    }

    private static TwimlResult ReadXml(ReadOnlyMemory<byte> body, Encoding? charset, string documentUrl)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            // Without a charset the reader uses the byte order mark and the XML declaration.
            using var text = charset is null
                ? null
                : new StreamReader(stream, charset, detectEncodingFromByteOrderMarks: true);
            using var reader = text is null
                ? XmlReader.Create(stream, ReaderOptions())
                : XmlReader.Create(text, ReaderOptions());
            var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
            return root.Name.LocalName == "Response"
                ? new TwimlDocument(documentUrl).Read(root)
                : Fail(MessagingError.RootNotResponse, $"The root element is {root.Name}");
        }
        catch (Exception malformed) when (malformed is XmlException or DecoderFallbackException)
        {
            // XmlReader's own message about a document type declaration is advice for programmers.
            return Fail(MessagingError.DocumentParseFailure,
                malformed.Message.Contains("DtdProcessing", StringComparison.Ordinal)
                    ? "A document type declaration is not read"
                    : malformed.Message);
        }
    }

    private static XmlReaderSettings ReaderOptions() => new()
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
        // An incomplete character is replaced, because the rest of the text is still useful.
        var lenient = (Encoding)charset.Clone();
        lenient.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        return lenient.GetString(body).TrimStart('\uFEFF');
    }

    private static bool IsBlank(ReadOnlySpan<byte> body) =>
        (body.StartsWith("\uFEFF"u8) ? body[3..] : body).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static (string Type, Encoding? Charset) ParseContentType(string? contentType)
    {
        var parts = (contentType ?? "").Split(';', StringSplitOptions.TrimEntries);
        var charset = parts.Skip(1)
            .FirstOrDefault(part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase));
        return (parts[0].ToLowerInvariant(),
            charset?["charset=".Length..].Trim('"', '\'', ' ').ToLowerInvariant() switch
        {
            "utf-8" or "utf8" or "us-ascii" or "ascii" => new UTF8Encoding(false, throwOnInvalidBytes: true),
            "iso-8859-1" or "latin1" => Encoding.Latin1,
            "utf-16" or "utf-16le" =>
                new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        });
    }
}
