using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Responses of the 2010 API as XML, for requests that ask for XML. The element's name is the response's
/// <see cref="XmlNameAttribute"/>.
/// </summary>
internal sealed class XmlResponses : IAsyncResultFilter
{
    /// <inheritdoc/>
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.HttpContext.Features.Get<XmlWanted>() is null
            || context.Result is not ObjectResult { Value: { } value } result)
        {
            await next();
            return;
        }

        var response = context.HttpContext.Response;
        response.StatusCode = result.StatusCode ?? response.StatusCode;
        await ApiXml.WriteAsync(response, XmlNameAttribute.Of(value), value);
    }
}

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
