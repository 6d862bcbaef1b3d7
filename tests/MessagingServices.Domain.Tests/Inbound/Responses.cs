using System.Text;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>Reads responses of an application at <c>https://app.example.com/sms/reply?tenant=7</c>.</summary>
internal static class Responses
{
    public const string Url = "https://app.example.com/sms/reply?tenant=7";

    public static TwimlResult Read(string body, string? contentType = "text/xml") =>
        Twiml.Read(contentType, Encoding.UTF8.GetBytes(body), Url);

    /// <summary>A valid document.</summary>
    public static TwimlResult.Document Document(string body, string? contentType = "text/xml") =>
        Assert.IsType<TwimlResult.Document>(Read(body, contentType));

    /// <summary>A valid document with these verbs.</summary>
    public static TwimlResult.Document Response(string verbs) =>
        Document($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{verbs}</Response>");

    /// <summary>The only message of a document without warnings.</summary>
    public static TwimlMessage Message(string verb)
    {
        var document = Response(verb);
        Assert.Empty(document.Warnings);
        return Assert.Single(document.Messages);
    }

    /// <summary>The error code of an invalid response.</summary>
    public static int FailureOf(string body, string? contentType = "text/xml") =>
        Assert.IsType<TwimlResult.Invalid>(Read(body, contentType)).Code;

    public static IEnumerable<int> Codes(this TwimlResult.Document document) =>
        document.Warnings.Select(warning => warning.Code);
}
