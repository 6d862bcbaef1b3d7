using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MessagingServices.Testing;

/// <summary>
/// An application for webhooks, on a port of this machine: for tests of messages that need no application of their own.
/// It acknowledges every request.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private const int MaxPortTries = 20;

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private readonly Func<IReadOnlyDictionary<string, string>, string?>? twiml;
    private readonly Action<string> log;
    private readonly HttpListener listener;
    private readonly Task serving;

    internal WebhookReceiver(Func<IReadOnlyDictionary<string, string>, string?>? twiml, Action<string> log)
    {
        (this.twiml, this.log) = (twiml, log);
        (listener, Url) = Listen();
        serving = ServeAsync();
    }

    /// <summary>Its address. It takes every path below it, too.</summary>
    public Uri Url { get; }

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving.ConfigureAwait(false);
    }

    private static (HttpListener Listener, Uri Url) Listen()
    {
        // Windows lets only administrators listen at addresses, and everybody at this name.
        var host = OperatingSystem.IsWindows() ? "localhost" : "127.0.0.1";
        for (var tries = 1; ; tries++)
        {
            var url = $"http://{host}:{FreePort()}/";
            HttpListener listener = new() { Prefixes = { url } };
            try
            {
                listener.Start();
                return (listener, new(url));
            }
            catch (HttpListenerException) when (tries < MaxPortTries)
            {
                // Somebody else has taken the port since.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener any = new(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException
                or InvalidOperationException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var (status, type, text) = Answer(await ReadAsync(context.Request).ConfigureAwait(false));
            context.Response.StatusCode = status;
            if (text is not null)
            {
                context.Response.ContentType = type;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
            }

            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException
            or InvalidOperationException)
        {
            log($"A webhook to {Url} was cut off: {gone.Message}");
        }
    }

    private (int Status, string? Type, string? Text) Answer(IReadOnlyDictionary<string, string> parameters)
    {
        try
        {
            return twiml?.Invoke(parameters) is { } text ? (200, "text/xml; charset=utf-8", text) : (204, null, null);
        }
        catch (Exception failure)
        {
            // The test finds it in the webhook's attempts.
            log($"The function for webhooks to {Url} has failed: {failure}");
            return (500, "text/plain; charset=utf-8", $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpListenerRequest request)
    {
        if (!request.HasEntityBody) return Parse((request.Url?.Query ?? "").TrimStart('?'));
        using StreamReader body = new(request.InputStream, Encoding.UTF8);
        var text = await body.ReadToEndAsync().ConfigureAwait(false);
        return request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            is true ? Parse(text) : Nothing;
    }

    private static Dictionary<string, string> Parse(string form)
    {
        Dictionary<string, string> fields = [];
        foreach (var field in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split('=', 2);
            fields[WebUtility.UrlDecode(parts[0])] = parts.Length > 1 ? WebUtility.UrlDecode(parts[1]) : "";
        }

        return fields;
    }
}
