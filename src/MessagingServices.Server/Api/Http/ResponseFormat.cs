using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Writes resources as Twilio does: with its headers, as JSON, or as XML where the 2010 API was asked for it.
/// </summary>
internal sealed class ResponseFormat : IAsyncAlwaysRunResultFilter
{
    /// <inheritdoc/>
    public Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is ObjectResult { Value: { } resource } result)
            return WriteAsync(http, result.StatusCode ?? StatusCodes.Status200OK, resource);
        // A stream has ended: its headers were sent long ago.
        if (!http.Response.HasStarted) CommonHeaders.Apply(http);
        return next();
    }

    /// <summary>Writes a resource, or an error.</summary>
    public static Task WriteAsync(HttpContext context, int status, object resource)
    {
        var response = context.Response;
        response.StatusCode = status;
        CommonHeaders.Apply(context);
        (resource, var elementName) = LegacyMessages.Rename(context, resource);
        if (context.Features.Get<XmlWanted>() is not null)
            return ApiXml.WriteAsync(response, elementName, resource);
        var json = JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), ApiJson.Options);
        // As Twilio writes it, without a blank.
        response.ContentType = "application/json;charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
