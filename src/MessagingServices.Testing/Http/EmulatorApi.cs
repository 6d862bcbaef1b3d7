using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MessagingServices.Testing.Http;

/// <summary>Calls the server with the credentials of one account. Disposing ends calls that wait.</summary>
/// <param name="server">The connections to the server.</param>
/// <param name="credentials">The account.</param>
/// <param name="options">Where calls get their cancellation from.</param>
internal sealed class EmulatorApi(ServerConnections server, Credentials credentials, EmulatorOptions options)
    : IDisposable
{
    private static readonly TimeSpan CleanupLimit = TimeSpan.FromSeconds(30);

    // A move of the clock takes as long as the work that comes due.
    private readonly HttpClient http = server.CreateClient(TimeSpan.FromMinutes(5));
    private readonly CancellationTokenSource closed = new();

    public Credentials Credentials => credentials;

    public EmulatorOptions Options => options;

    /// <summary>The address of the server.</summary>
    public Uri Url => server.Url;

    /// <summary>What the server has refused of the account's application.</summary>
    public RefusedRequests Refused { get; } = new();

    /// <summary>GETs a resource. An absent parameter is null.</summary>
    public async Task<JsonElement> GetAsync(string path, params (string Name, string? Value)[] query) =>
        (await SendAsync(HttpMethod.Get, path + Query(query), null).ConfigureAwait(false)).Required();

    /// <summary>GETs a resource; null when there is none.</summary>
    public async Task<JsonElement?> FindAsync(string path, params (string Name, string? Value)[] query) =>
        (await SendAsync(HttpMethod.Get, path + Query(query), null).ConfigureAwait(false)).Body;

    /// <summary>POSTs a form. An absent parameter is null.</summary>
    public async Task<JsonElement> PostAsync(string path, params (string Name, string? Value)[] form)
    {
        using var content = new FormUrlEncodedContent(
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return (await SendAsync(HttpMethod.Post, path, content).ConfigureAwait(false)).Required();
    }

    /// <summary>POSTs JSON.</summary>
    public async Task<JsonElement> PostJsonAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return (await SendAsync(HttpMethod.Post, path, content).ConfigureAwait(false)).Required();
    }

    /// <summary>
    /// Deletes what a test has made, also in a test that was canceled. It never fails, since that would hide why the
    /// test has failed.
    /// </summary>
    public async Task CleanUpAsync(string path)
    {
        using var limit = new CancellationTokenSource(CleanupLimit);
        try
        {
            await SendAsync(HttpMethod.Delete, path, null, limit.Token).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It is gone with its account, or with the server.
        }
        catch (Exception failure) when (failure is EmulatorException or OperationCanceledException)
        {
            options.Write($"{path} was not deleted: {failure.Message}");
        }
    }

    public void Dispose() => closed.Cancel();

    private static string Query((string Name, string? Value)[] parameters)
    {
        var query = string.Join('&', parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? "" : $"?{query}";
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content) =>
        SendAsync(method, path, content, options.Token);

    private async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closed.Token, server.Closed);
        using var request = new HttpRequestMessage(method, path);
        request.Content = content;
        request.Headers.Authorization = credentials.Header;
        try
        {
            ended.Token.ThrowIfCancellationRequested();
            using var response = await http.SendAsync(request, ended.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(ended.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return new(null, RefusalOf(method, path, response, text));
            if (!response.IsSuccessStatusCode) throw RefusalOf(method, path, response, text);
            return new(text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), null);
        }
        catch (Exception) when (server.Closed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(Emulator), "The emulator was disposed.");
        }
        catch (Exception) when (closed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(
                nameof(EmulatedAccount), $"The account {credentials.Sid} was deleted: the test has disposed it.");
        }
        catch (HttpRequestException failure)
        {
            throw new EmulatorException(
                $"{method} {path}: {await server.NoAnswerAsync(failure.Message).ConfigureAwait(false)}", failure);
        }
        catch (OperationCanceledException failure) when (failure.InnerException is TimeoutException)
        {
            throw new EmulatorException(
                $"{method} {path}: the server at {server.Url} has not answered within "
                + string.Create(CultureInfo.InvariantCulture, $"{http.Timeout.TotalSeconds} s."), failure);
        }
        catch (JsonException failure)
        {
            throw new EmulatorException($"{method} {path}: {server.Url} is not a Messaging Services server.", failure);
        }
    }

    private EmulatorException RefusalOf(HttpMethod method, string path, HttpResponseMessage response, string text)
    {
        var (status, call) = ((int)response.StatusCode, $"{method} {path.Split('?')[0]}");
        if (TwilioError.TextOf(status, text) is not { } error)
            return new($"{call}: {status} {response.ReasonPhrase}: {server.Url} is not a Messaging Services server.");
        return new($"{call}: {error}{(status == 401 ? $" ({credentials.Sid} at {server.Url})" : "")}");
    }

    /// <summary>What the server has answered.</summary>
    /// <param name="Body">The JSON; null for 404.</param>
    /// <param name="NotFound">What 404 says.</param>
    private readonly record struct Answer(JsonElement? Body, EmulatorException? NotFound)
    {
        public JsonElement Required() => Body ?? throw NotFound!;
    }
}

/// <summary>The credentials of an account.</summary>
/// <param name="Sid">Its SID.</param>
/// <param name="AuthToken">Its Auth Token.</param>
internal sealed record Credentials(string Sid, string AuthToken)
{
    /// <summary>HTTP Basic.</summary>
    public AuthenticationHeaderValue Header { get; } =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Sid}:{AuthToken}")));
}
