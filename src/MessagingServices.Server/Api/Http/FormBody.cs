using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Reads queries and bodies, at most 256 KiB (413, code 20413), before anything binds them. A form is
/// <c>application/x-www-form-urlencoded</c> or <c>multipart/form-data</c>; any other body has no parameters. The
/// framework's own readers are not used: they ignore the case of names, give brackets in names a meaning, and replace
/// invalid bytes silently. The JSON of actions that take <see cref="FromJsonAttribute"/> is held to the same limit; a
/// body that is no JSON is an empty one there. Files of actions with <see cref="TakesFilesAttribute"/> may be larger:
/// few such requests are in memory at the same time, and each must be received within a minute.
/// </summary>
internal sealed class FormBody(RequestDelegate next, ICallerCheck callers) : IDisposable
{
    /// <summary>The max size of a body, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxUploads = 4;
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim uploads = new(MaxUploads);

    internal const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>What follows a deletion counts on this: no request goes on for long with what it knew before.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Reads the query and the body, and calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.QueryString.HasValue)
        {
            var query = System.Text.Encoding.UTF8.GetBytes(request.QueryString.Value![1..]);
            context.Features.Set<IQueryFeature>(
                new QueryFeature(new QueryCollection(ParameterText.ReadUrlEncoded(query).Values)));
        }

        // An unknown path or a wrong method has its own error, whatever the body.
        if (!(HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
            || context.GetEndpoint() is not RouteEndpoint endpoint)
            return next(context);
        var isJson = JsonBody.IsTakenBy(endpoint);
        var type = TypeOf(request, isJson);
        if (type is null) return Take(context, default, isJson);
        if (type == MultipartForm.ContentType && endpoint.Metadata.GetMetadata<TakesFilesAttribute>() is { } files)
            return TakeFilesAsync(context, MaxBytes + files.MaxBytes);
        var body = ReadAsync(request, MaxBytes, context.RequestAborted);
        // A short body comes with its headers; then there is nothing to wait for.
        return body.IsCompletedSuccessfully && type != MultipartForm.ContentType
            ? Take(context, body.Result, isJson)
            : TakeAsync(context, body, type, isJson);
    }

    private async Task TakeAsync(HttpContext context, ValueTask<ReadOnlyMemory<byte>> body, string type, bool isJson)
    {
        var wait = context.Features.Get<DatabaseWait>();
        wait?.Pause();
        var received = await WaitAsync(context, body);
        wait?.Resume();
        if (type != MultipartForm.ContentType)
        {
            await Take(context, received, isJson);
            return;
        }

        await ReadMultipartAsync(context, received, files: null);
        await next(context);
    }

    private async Task<ReadOnlyMemory<byte>> WaitAsync(HttpContext context, ValueTask<ReadOnlyMemory<byte>> body)
    {
        var began = Stopwatch.GetTimestamp();
        var received = await body;
        if (Stopwatch.GetElapsedTime(began) > Slow) await callers.CheckAgainAsync(context);
        return received;
    }

    private async Task TakeFilesAsync(HttpContext context, int maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 2L * maxBytes;
        var wait = context.Features.Get<DatabaseWait>();
        wait?.Pause();
        await uploads.WaitAsync(context.RequestAborted);
        try
        {
            List<UploadedFile> files = [];
            var body = await WaitAsync(context, new(ReceiveAsync(context, maxBytes)));
            await ReadMultipartAsync(context, body, files);
            context.Features.Set(new UploadedFiles(files));
            wait?.Resume();
            await next(context);
        }
        finally
        {
            uploads.Release();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReceiveAsync(HttpContext context, int maxBytes)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(UploadTimeout);
        try
        {
            return await ReadAsync(context.Request, maxBytes, patience.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw Unreadable();
        }
    }

    private static async Task ReadMultipartAsync(
        HttpContext context, ReadOnlyMemory<byte> body, List<UploadedFile>? files)
    {
        try
        {
            var form = await MultipartForm.ReadAsync(
                context.Request.ContentType!, body, files, context.RequestAborted);
            context.Request.Form = new FormCollection(form.Values);
        }
        catch (Exception malformed) when (malformed is IOException or InvalidDataException)
        {
            throw Unreadable();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => uploads.Dispose();

    private Task Take(HttpContext context, ReadOnlyMemory<byte> body, bool isJson)
    {
        if (isJson) context.Features.Set(new JsonBody(JsonBody.Check(body)));
        else context.Request.Form = new FormCollection(ParameterText.ReadUrlEncoded(body.Span).Values);
        return next(context);
    }

    /// <summary>The type of a body that the action reads; null when the request has no such body.</summary>
    private static string? TypeOf(HttpRequest request, bool isJson)
    {
        if (request.ContentLength is not > 0 && request.Headers.TransferEncoding.Count == 0) return null;
        var sent = request.ContentType.AsSpan();
        var end = sent.IndexOf(';');
        sent = (end < 0 ? sent : sent[..end]).Trim();
        if (isJson) return Is(sent, JsonBody.ContentType) ? JsonBody.ContentType : null;
        return Is(sent, UrlEncoded) ? UrlEncoded
            : Is(sent, MultipartForm.ContentType) ? MultipartForm.ContentType
            : null;

        static bool Is(ReadOnlySpan<char> sent, string type) => sent.Equals(type, StringComparison.OrdinalIgnoreCase);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes) throw new TwilioException(MessagingError.TooLarge.ToApiError());
        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096));
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(cancellation);
                foreach (var part in read.Buffer) body.Write(part.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (body.WrittenCount > maxBytes) throw new TwilioException(MessagingError.TooLarge.ToApiError());
                if (read.IsCompleted) return body.WrittenMemory;
            }
        }
        catch (IOException unreadable) when (unreadable is not BadHttpRequestException)
        {
            // The web server reports some malformed chunks so, for example a size that is no number of 32 bits.
            throw Unreadable();
        }
    }

    private static TwilioException Unreadable() =>
        new(MessagingError.BadParameter.ToApiError("The request could not be read"));
}
