using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// Forwards plain http requests to other hosts than Twilio's, and their responses back, as they come. Only the headers
/// that are for one hop are left out. Source: RFC 9110, 7.6.1.
/// </summary>
internal sealed class PlainForwarding : IDisposable
{
    private const int BufferSize = 32 * 1024;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilenceTime = TimeSpan.FromMinutes(10);

    /// <summary>Those of one hop. The web server answers <c>Expect</c> itself.</summary>
    private static readonly HashSet<string> OneHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE",
        "Trailer", "Transfer-Encoding", "Upgrade",
    };

    // Apart, because connections are used again.
    private readonly HttpMessageInvoker forLocalClients;
    private readonly HttpMessageInvoker forOtherClients;
    private readonly ProxyTelemetry telemetry;

    public PlainForwarding(OtherHosts hosts, ProxyTelemetry telemetry)
    {
        this.telemetry = telemetry;
        forLocalClients = Invoker(hosts.ConnectorFor(isLocal: true));
        forOtherClients = Invoker(hosts.ConnectorFor(isLocal: false));
    }

    /// <summary>Forwards a request and its response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">The URL as the client wrote it.</param>
    /// <param name="url">The same URL.</param>
    /// <exception cref="TwilioException">403 for a network that must not be called, 502 for a host that does not
    /// answer.</exception>
    public async Task ForwardAsync(HttpContext context, string target, Uri url)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        silence.CancelAfter(SilenceTime);
        using var request = RequestOf(context, target, url, silence);
        var invoker = context.Connection.RemoteIpAddress?.IsLocal() ?? true ? forLocalClients : forOtherClients;
        using var response = await SendAsync(invoker, request, context.RequestAborted, silence.Token);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = response.ReasonPhrase;
        var named = Named(response.Headers.Connection);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (!OneHop.Contains(name) && !named.Contains(name))
                context.Response.Headers.Append(name, values.ToArray());
        }

        telemetry.OpenedTunnel();
        // Also without a body it is the host's response, not an error of this server.
        await context.Response.StartAsync(silence.Token);
        await CopyAsync(await response.Content.ReadAsStreamAsync(silence.Token), context.Response.Body, silence);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        forLocalClients.Dispose();
        forOtherClients.Dispose();
    }

    private static HttpMessageInvoker Invoker(GuardedConnector connector) =>
        new(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) => new NetworkStream(
                await connector.OpenSocketAsync(context.DnsEndPoint, cancellation), ownsSocket: true),
            ConnectTimeout = ConnectTime, AllowAutoRedirect = false,
            UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null,
            // So that few requests meet a connection that the host is just closing.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });

    private static async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker invoker, HttpRequestMessage request, CancellationToken aborted, CancellationToken silence)
    {
        try
        {
            return await invoker.SendAsync(request, silence);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !aborted.IsCancellationRequested))
        {
            throw new TwilioException(failure.GetBaseException() is NoConnectionException
                { Reason: UnreachableReason.Forbidden } forbidden
                ? MessagingError.Forbidden.ToApiError(forbidden.Message)
                : MessagingError.Unreachable.ToApiError(
                    $"{request.RequestUri!.Host} does not answer: {failure.GetBaseException().Message}"));
        }
    }

    private HttpRequestMessage RequestOf(HttpContext context, string target, Uri url, CancellationTokenSource silence)
    {
        var request = new HttpRequestMessage(new(context.Request.Method), ExactUrl(target) ?? url)
        {
            Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = null;
            request.Content = new ForwardedBody(
                (body, cancellation) => CopyAsync(context.Request.Body, body, silence));
        }

        var named = Named(context.Request.Headers.Connection!);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (OneHop.Contains(name) || named.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }

    private async Task CopyAsync(Stream from, Stream to, CancellationTokenSource silence)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await from.ReadAsync(buffer, silence.Token) is > 0 and var read)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), silence.Token);
                await to.FlushAsync(silence.Token);
                telemetry.PassedTunnel(read);
                silence.CancelAfter(SilenceTime);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The URL with its path and query exactly as they are written.</summary>
    private static Uri? ExactUrl(string target)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        return target.IndexOf('/', "http://".Length) > 0 && Uri.TryCreate(target, options, out var exact)
            ? exact : null;
    }

    private static HashSet<string> Named(IEnumerable<string> connection) =>
        connection.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private sealed class ForwardedBody(Func<Stream, CancellationToken, Task> copy) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            copy(stream, CancellationToken.None);

        protected override Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            copy(stream, cancellationToken);

        // The header of the request, which is forwarded, says it; without it the body is chunked.
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
