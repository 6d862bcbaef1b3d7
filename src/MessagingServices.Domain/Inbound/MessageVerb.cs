using System.Text;
using System.Xml.Linq;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Inbound;

/// <summary>Reads the verb <c>Message</c>, or <c>Sms</c> in older documents.</summary>
internal sealed class MessageVerb(XElement element, string documentUrl, TwimlWarnings warnings)
{
    private readonly TwimlElement of = new(element, warnings);

    /// <summary>
    /// Why the whole document is invalid: 11100 for an <c>action</c> that is no URL. Source:
    /// https://www.twilio.com/docs/api/errors/11100.
    /// </summary>
    public TwimlResult.Invalid? Fault { get; private set; }

    /// <summary>The message; null with a warning if it is invalid.</summary>
    public TwimlMessage? Read()
    {
        var attributes = of.Attributes("to", "from", "action", "method", "statusCallback");
        var to = attributes.TryGetValue("to", out var recipient) ? RecipientAddress.Parse(recipient).Address : null;
        var from = attributes.TryGetValue("from", out var sender) ? SenderAddress.Parse(sender) : null;
        if (recipient is not null && to is null)
            warnings.Add(MessagingError.InvalidToAttribute, $"{recipient} is no phone number");
        else if (sender is not null && from is null)
            warnings.Add(MessagingError.InvalidFromAttribute, $"{sender} is no sender");
        else
            return Checked(WithStatusCallback(
                Content() with { To = to?.Value, From = from?.Value }, attributes), warnings);
        return null;
    }

    /// <summary>The message if it has content within the limits; otherwise null and warning 14103.</summary>
    public static TwimlMessage? Checked(TwimlMessage message, TwimlWarnings warnings)
    {
        if (string.IsNullOrWhiteSpace(message.Body) && message.MediaUrls.Count == 0)
            warnings.Add(MessagingError.InvalidBodyOfReply, "The message has neither text nor media");
        else if (message.Body.Length > OutboundMessage.MaxBodyLength)
            warnings.Add(MessagingError.InvalidBodyOfReply,
                $"The text has {message.Body.Length} characters, more than {OutboundMessage.MaxBodyLength}");
        else
            return message;
        return null;
    }

    /// <summary>The verb's own text and the text of each <c>Body</c>, joined.</summary>
    private TwimlMessage Content()
    {
        StringBuilder body = new(TwimlText.Of(element));
        List<string> media = [];
        foreach (var (name, child) in of.Children("Body", "Media"))
        {
            var inner = new TwimlElement(child, warnings);
            inner.Attributes();
            inner.Children();
            if (name == "Body") body.Append(TwimlText.Of(child));
            else if (DocumentUrl.Resolve(documentUrl, TwimlText.Of(child)) is not { } url
                || string.IsNullOrWhiteSpace(child.Value))
                warnings.Add(MessagingError.InvalidMediaUrl, $"Media {TwimlText.Of(child)} is no URL");
            else if (media.Count == OutboundMessage.MaxMedia)
                warnings.Add(MessagingError.TooManyMedia,
                    $"Media {url} is beyond the limit of {OutboundMessage.MaxMedia}");
            else
                media.Add(url);
        }

        return new(body.ToString(), media);
    }

    private TwimlMessage WithStatusCallback(TwimlMessage message, Dictionary<string, string> attributes)
    {
        var methodOfAction = of.Method(attributes);
        if (attributes.TryGetValue("action", out var action) && DocumentUrl.Resolve(documentUrl, action) is null)
        {
            Fault = Twiml.Fail(MessagingError.InvalidUrlFormat, $"action {action} is no URL");
            return message;
        }

        // Both attributes are URLs for status callbacks. If one is invalid, the other is still used.
        foreach (var name in (ReadOnlySpan<string>)["statusCallback", "action"])
        {
            if (!attributes.TryGetValue(name, out var text)) continue;
            if (DocumentUrl.Resolve(documentUrl, text) is { } url
                && !new Uri(url).Host.Contains('_', StringComparison.Ordinal))
            {
                return message with
                {
                    StatusCallback = url,
                    StatusCallbackMethod = name == "action" ? methodOfAction : "POST",
                };
            }

            warnings.Add(MessagingError.InvalidStatusCallbackAttribute, $"{name} {text} is no URL");
        }

        return message;
    }
}
