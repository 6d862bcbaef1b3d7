using System.Text.Json;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Writes a resource as the framework's formatters and this project's filters would: JSON, or XML where that was asked
/// for.
/// </summary>
internal static class ResponseFormat
{
    public static Task WriteAsync(HttpContext context, int status, object resource)
    {
        var response = context.Response;
        response.StatusCode = status;
        CommonHeaders.Apply(context);
        if (context.Features.Get<XmlWanted>() is not null)
            return ApiXml.WriteAsync(response, XmlNameAttribute.Of(resource), resource);
        var json = JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), ApiJson.Options);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
