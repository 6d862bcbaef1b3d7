namespace MessagingServices.Server.Api.Http;

/// <summary>The name of a resource's element in XML.</summary>
/// <param name="name">For example <c>Message</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class XmlNameAttribute(string name) : Attribute
{
    /// <summary>For example <c>Message</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The name of a response's element.</summary>
    internal static string Of(object response) =>
        response.GetType().GetCustomAttributes(typeof(XmlNameAttribute), false) is [XmlNameAttribute attribute]
            ? attribute.Name : "Resource";
}
