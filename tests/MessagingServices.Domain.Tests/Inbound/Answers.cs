using System.Text;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>Answers of an application at <c>https://app.example.com/sms/reply?tenant=7</c>.</summary>
internal static class Answers
{
    public const string Url = "https://app.example.com/sms/reply?tenant=7";

    public static TwimlResult Read(string body, string? contentType = "text/xml") => Twiml.Read(contentType, Encoding.UTF8.GetBytes(body), Url);

    /// <summary>A document that must be readable.</summary>
    public static TwimlResult.Document Document(string body, string? contentType = "text/xml") =>
        Assert.IsType<TwimlResult.Document>(Read(body, contentType));

    /// <summary>The verbs of a response that must be readable.</summary>
    public static TwimlResult.Document Response(string verbs) => Document($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{verbs}</Response>");

    /// <summary>The one message of a response without warnings.</summary>
    public static TwimlMessage Message(string verb)
    {
        var document = Response(verb);
        Assert.Empty(document.Warnings);
        return Assert.Single(document.Messages);
    }

    /// <summary>The code of an answer that must fail.</summary>
    public static int FailureOf(string body, string? contentType = "text/xml") => Assert.IsType<TwimlResult.Invalid>(Read(body, contentType)).Code;

    public static IEnumerable<int> Codes(this TwimlResult.Document document) => document.Warnings.Select(warning => warning.Code);
}
