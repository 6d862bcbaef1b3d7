using System.Xml.Linq;

namespace MessagingServices.Domain.Inbound;

/// <summary>Executes the verbs of one document in order, up to a redirect.</summary>
/// <param name="url">The absolute URL of the document.</param>
internal sealed class TwimlDocument(string url)
{
    private static readonly string[] Verbs = ["Message", "Sms", "Redirect"];

    private readonly TwimlWarnings warnings = new();
    private readonly List<TwimlMessage> messages = [];

    /// <summary>Reads the content of <c>Response</c>.</summary>
    public TwimlResult Read(XElement response)
    {
        var of = new TwimlElement(response, warnings);
        of.Attributes();
        foreach (var node in response.Nodes())
        {
            if (node is XText text && !string.IsNullOrWhiteSpace(text.Value))
                warnings.Add(MessagingError.SchemaWarning, "Response has text outside of its verbs");
            if (node is not XElement element) continue;
            switch (of.NameOf(element))
            {
                case "Message" or "Sms":
                    var verb = new MessageVerb(element, url, warnings);
                    if (verb.Read() is { } message) messages.Add(message);
                    if (verb.Fault is { } fault) return fault;
                    break;
                case "Redirect":
                    return ReadRedirect(element);
                case var name:
                    var error = Verbs.Contains(name, StringComparer.OrdinalIgnoreCase)
                        ? MessagingError.SchemaWarning
                        : MessagingError.InvalidVerb;
                    warnings.Add(error, $"{name} is no verb of a reply");
                    break;
            }
        }

        return new TwimlResult.Document(messages, null, warnings.Items);
    }

    private TwimlResult ReadRedirect(XElement element)
    {
        var of = new TwimlElement(element, warnings);
        var method = of.Method(of.Attributes("method"));
        of.Children();
        var target = TwimlText.Of(element);
        // An empty URL requests the same document again.
        var next = string.IsNullOrWhiteSpace(target) ? url : DocumentUrl.Resolve(url, target);
        return next is null
            ? Twiml.Fail(MessagingError.InvalidUrlFormat, $"Redirect to {target}")
            : new TwimlResult.Document(messages, new(method, next), warnings.Items);
    }
}
