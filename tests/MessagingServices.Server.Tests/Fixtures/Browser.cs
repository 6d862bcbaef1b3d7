using System.Net;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A browser as far as servers see it: it keeps cookies by host, whatever the port, and says with each request which
/// page made it. It adds cookies to every request, so that no rule of a server is shown by a rule of browsers.
/// </summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public Browser() => http = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false });

    /// <summary>What the browser says of itself beside cookies and the page; null leaves a header out.</summary>
    public bool SaysWhereItIs { get; init; } = true;

    /// <summary>The cookies for an address.</summary>
    public CookieCollection CookiesOf(string url) => cookies.GetCookies(new(url));

    /// <summary>Sends a request that a page makes.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The whole URL.</param>
    /// <param name="page">The origin of the page; null for the server's own.</param>
    /// <param name="mode">The mode of the request: cors, no-cors or navigate.</param>
    /// <param name="form">The form; none if it is empty.</param>
    /// <param name="headers">More headers.</param>
    public async Task<ApiResponse> SendAsync(
        HttpMethod method, string url, string? page = null, string mode = "cors",
        IEnumerable<(string Name, string Value)>? form = null, params (string Name, string Value)[] headers)
    {
        Uri target = new(url);
        var own = target.GetLeftPart(UriPartial.Authority);
        page ??= own;
        using HttpRequestMessage request = new(method, target);
        if (form is not null) request.Content = TestApi.Form(form);
        // Pictures and scripts come without an origin, and so does what a page reads from its own server.
        if (method != HttpMethod.Get || (page != own && mode == "cors")) request.Headers.Add("Origin", page);
        if (SaysWhereItIs)
        {
            request.Headers.Add("Sec-Fetch-Site", page == own ? "same-origin" : SiteOf(page, target));
            request.Headers.Add("Sec-Fetch-Mode", mode);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }

        return await ApiResponse.ReadAsync(await http.SendAsync(request));
    }

    public Task<ApiResponse> GetAsync(string url, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, url, headers: headers);

    public Task<ApiResponse> PostAsync(string url, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, url, form: form);

    /// <summary>Signs in at a server, and returns the cookie as a request has it: <c>name=token</c>.</summary>
    public async Task<string> SignInAsync(string server, string username, string password)
    {
        var answer = await PostAsync($"{server}/console/session", ("Username", username), ("Password", password))
            .ExpectAsync(200);
        return answer.Response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string SiteOf(string page, Uri target) =>
        Uri.TryCreate(page, UriKind.Absolute, out var from) && from.Host == target.Host ? "same-site" : "cross-site";
}
