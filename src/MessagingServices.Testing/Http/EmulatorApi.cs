using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MessagingServices.Testing.Http;

/// <summary>Calls the server with the credentials of one account.</summary>
/// <param name="server">The connections to the server.</param>
/// <param name="credentials">The account.</param>
/// <param name="options">Where calls get their cancellation from.</param>
internal sealed class EmulatorApi(ServerConnections server, Credentials credentials, EmulatorOptions options)
{
    private static readonly TimeSpan CleanupLimit = TimeSpan.FromSeconds(30);

    // A move of the clock takes as long as the work that comes due.
    private readonly HttpClient http = server.CreateClient(TimeSpan.FromMinutes(5));

    public Credentials Credentials => credentials;

    public EmulatorOptions Options => options;

    /// <summary>GETs a resource. An absent parameter is null.</summary>
    public async Task<JsonElement> GetAsync(string path, params (string Name, string? Value)[] query) =>
        (await SendAsync(HttpMethod.Get, path + Query(query), null, options.Token).ConfigureAwait(false)).Required();

    /// <summary>GETs a resource; null when there is none.</summary>
    public async Task<JsonElement?> FindAsync(string path, params (string Name, string? Value)[] query) =>
        (await SendAsync(HttpMethod.Get, path + Query(query), null, options.Token).ConfigureAwait(false)).Body;

    /// <summary>POSTs a form. An absent parameter is null.</summary>
    public async Task<JsonElement> PostAsync(string path, params (string Name, string? Value)[] form)
    {
        using var content = new FormUrlEncodedContent(
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await PostAsync(path, content).ConfigureAwait(false);
    }

    /// <summary>POSTs JSON.</summary>
    public async Task<JsonElement> PostJsonAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await PostAsync(path, content).ConfigureAwait(false);
    }

    /// <summary>
    /// Deletes what a test has made, also in a test that was canceled. What is gone already is deleted.
    /// </summary>
    public async Task CleanUpAsync(string path)
    {
        using var limit = new CancellationTokenSource(CleanupLimit);
        await SendAsync(HttpMethod.Delete, path, null, limit.Token).ConfigureAwait(false);
    }

    private static string Query((string Name, string? Value)[] parameters)
    {
        var query = string.Join('&', parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? "" : $"?{query}";
    }

    private async Task<JsonElement> PostAsync(string path, HttpContent content) =>
        (await SendAsync(HttpMethod.Post, path, content, options.Token).ConfigureAwait(false)).Required();

    private async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = content;
        request.Headers.Authorization = credentials.Header;
        try
        {
            using var response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return new(null, Refused(method, path, response, text));
            if (!response.IsSuccessStatusCode) throw Refused(method, path, response, text);
            return new(text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), null);
        }
        catch (HttpRequestException failure)
        {
            throw new EmulatorException(
                $"{method} {path}: the server at {server.Url} does not answer: {failure.Message}", failure);
        }
        catch (JsonException failure)
        {
            throw new EmulatorException($"{method} {path}: {server.Url} is not a Messaging Services server.", failure);
        }
    }

    private EmulatorException Refused(HttpMethod method, string path, HttpResponseMessage response, string text)
    {
        var (status, call) = ((int)response.StatusCode, $"{method} {path.Split('?')[0]}");
        try
        {
            var error = JsonSerializer.Deserialize<JsonElement>(text);
            var code = error.GetProperty("code").GetInt32().ToString(CultureInfo.InvariantCulture);
            var hint = status == 401 ? $" ({credentials.Sid} at {server.Url})" : "";
            return new($"{call}: {status}, {code}: {error.GetProperty("message").GetString()}{hint}");
        }
        catch (Exception notTwilio) when (notTwilio is JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            return new($"{call}: {status} {response.ReasonPhrase}: {server.Url} is not a Messaging Services server.");
        }
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
