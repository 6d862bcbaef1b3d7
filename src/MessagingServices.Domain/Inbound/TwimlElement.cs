using System.Xml.Linq;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// An element and its allowed content. Anything else gives warning 12200 and is ignored. Names are case-sensitive.
/// </summary>
internal sealed class TwimlElement(XElement element, TwimlWarnings warnings)
{
    /// <summary>
    /// The name of a child. In another namespace it begins with <c>{</c>, so that it equals no name of TwiML.
    /// </summary>
    public string NameOf(XElement child) =>
        child.Name.Namespace == element.Name.Namespace ? child.Name.LocalName : child.Name.ToString();

    /// <summary>The known attributes that are not empty.</summary>
    public Dictionary<string, string> Attributes(params ReadOnlySpan<string> known)
    {
        Dictionary<string, string> found = [];
        foreach (var attribute in element.Attributes())
        {
            if (attribute.IsNamespaceDeclaration || attribute.Name.Namespace == XNamespace.Xml) continue;
            var name = attribute.Name.ToString();
            if (!known.Contains(name))
                warnings.Add(MessagingError.SchemaWarning, $"{element.Name.LocalName} has no attribute {name}");
            else if (attribute.Value.Length > 0) found.Add(name, attribute.Value);
        }

        return found;
    }

    /// <summary>The known child elements, with their names.</summary>
    public List<(string Name, XElement Element)> Children(params ReadOnlySpan<string> known)
    {
        List<(string Name, XElement Element)> found = [];
        foreach (var child in element.Elements())
        {
            var name = NameOf(child);
            if (known.Contains(name)) found.Add((name, child));
            else warnings.Add(MessagingError.SchemaWarning, $"{element.Name.LocalName} has no element {name}");
        }

        return found;
    }

    /// <summary>
    /// The attribute <c>method</c>: POST if it is absent, or with warning 14104 if it is neither GET nor POST.
    /// </summary>
    public string Method(Dictionary<string, string> attributes)
    {
        var method = attributes.GetValueOrDefault("method", "POST").ToUpperInvariant();
        if (method is "GET" or "POST") return method;
        warnings.Add(MessagingError.InvalidMethodAttribute,
            $"method {method} of {element.Name.LocalName} is neither GET nor POST");
        return "POST";
    }
}
