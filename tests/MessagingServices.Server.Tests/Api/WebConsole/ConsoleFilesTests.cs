using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.WebConsole;

/// <summary>
/// The console's page and its files: without credentials, unchangeable by others, and compressed before.
/// </summary>
public sealed class ConsoleFilesTests(ConsoleFilesTests.Server server) : IClassFixture<ConsoleFilesTests.Server>
{
    private const string Sid = "MM00000000000000000000000000000001";

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/messages")]
    [InlineData($"/messages/{Sid}")]
    [InlineData("/handsets")]
    [InlineData("/services")]
    [InlineData("/services/MG00000000000000000000000000000001")]
    [InlineData("/webhooks")]
    [InlineData("/faults")]
    [InlineData("/clock")]
    [InlineData("/overview")]
    [InlineData("/accounts")]
    [InlineData("/connect")]
    [InlineData("/messages?q=status%3Afailed")]
    public async Task Every_route_has_the_page(string route)
    {
        using var answer = await GetAsync($"/console{route}");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("<p>page</p>", await answer.Content.ReadAsStringAsync());
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        AssertSafe(answer);
    }

    [Theory]
    [InlineData("/assets/missing-1a2b.js")]
    [InlineData("/assets")]
    [InlineData("/assets/app-1a2b.js.br")]
    [InlineData("/Messages")]
    [InlineData("/unknown")]
    [InlineData("/webhooks/1")]
    [InlineData("/messages/1/2")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    public async Task What_is_missing_is_404(string path)
    {
        using var answer = await GetAsync($"/console{path}");

        Assert.Contains((int)answer.StatusCode, (int[])[404, 401]);
        Assert.DoesNotContain("not for others", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) AssertSafe(answer);
    }

    [Theory]
    [InlineData(null, null, "app")]
    [InlineData("gzip", "gzip", "gz")]
    [InlineData("gzip, deflate, br", "br", "br")]
    [InlineData("br;q=0, gzip", "gzip", "gz")]
    [InlineData("deflate", null, "app")]
    public async Task Assets_never_change_and_are_compressed_before(string? accepted, string? encoding, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/console/assets/app-1a2b.js");
        if (accepted is not null) request.Headers.Add("Accept-Encoding", accepted);
        using var client = server.Client();

        using var answer = await client.SendAsync(request);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(encoding is null ? [] : [encoding], answer.Content.Headers.ContentEncoding);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        AssertSafe(answer);
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        using var first = await GetAsync("/console");
        using HttpRequestMessage request = new(HttpMethod.Get, "/console/messages");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var client = server.Client();

        using var second = await client.SendAsync(request);

        Assert.Equal(304, (int)second.StatusCode);
        AssertSafe(second);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", 302)]
    [InlineData("application/json", 401)]
    [InlineData("*/*", 302)]
    public async Task What_opens_the_server_itself_gets_to_the_console(string accepted, int status)
    {
        using SocketsHttpHandler once = new() { AllowAutoRedirect = false };
        using HttpClient client = new(once) { BaseAddress = new(server.Url) };
        client.DefaultRequestHeaders.Accept.ParseAdd(accepted);

        using var answer = await client.GetAsync("/");

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 302) Assert.Equal("/console", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/console/messages", "navigate", 200)]
    [InlineData("/console", "navigate", 200)]
    [InlineData("/console/assets/app-1a2b.js", "no-cors", 403)]
    [InlineData("/console/messages", "cors", 403)]
    public async Task Another_page_may_lead_to_the_console_and_load_nothing_of_it(string path, string mode, int status)
    {
        using Browser browser = new();
        await browser.SignInAsync(server.Url, MessagingServer.AccountSid, MessagingServer.AuthToken);

        var answer = await browser.SendAsync(HttpMethod.Get, server.Url + path, "http://127.0.0.1:3000", mode);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task The_start_says_where_it_is()
    {
        await using var process = await ServerUnderTest.StartAsync(
            server.ConnectionString, "--Console:Directory", server.Folder);

        await Eventually.TrueAsync(
            () => process.Output.Contains(
                $"Console:      {process.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}/console\n",
                StringComparison.Ordinal),
            () => process.Output);
    }

    [Fact]
    public async Task The_answers_of_the_session_are_as_safe()
    {
        using var answer = await GetAsync("/console/session");

        Assert.Equal(200, (int)answer.StatusCode);
        AssertSafe(answer);
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var client = server.Client();
        return await client.GetAsync(path);
    }

    private static void AssertSafe(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data: blob: https://media.test:8443; "
            + "media-src 'self' data: blob: https://media.test:8443; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        private readonly TemporaryFolder folder = new();

        public string Folder => folder["console"];

        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Console:Directory", folder["console"]), new("Media:Origin", "https://media.test:8443")];

        public override async ValueTask InitializeAsync()
        {
            Directory.CreateDirectory(Path.Combine(folder["console"], "assets"));
            await File.WriteAllTextAsync(folder["secret.txt"], "not for others");
            foreach (var (name, text) in ((string, string)[])[("index.html", "<p>page</p>"),
                ("assets/app-1a2b.js", "app"), ("assets/app-1a2b.js.br", "br"), ("assets/app-1a2b.js.gz", "gz")])
                await File.WriteAllTextAsync(Path.Combine(folder["console"], name), text);
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            folder.Dispose();
        }
    }
}

/// <summary>A server whose console is not built, or not wanted.</summary>
public sealed class NoConsoleTests(NoConsoleTests.Unbuilt unbuilt, NoConsoleTests.Disabled disabled)
    : IClassFixture<NoConsoleTests.Unbuilt>, IClassFixture<NoConsoleTests.Disabled>
{
    [Fact]
    public async Task It_says_in_one_line_that_it_is_not_built()
    {
        using var client = unbuilt.Client();

        using var answer = await client.GetAsync("/console");

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.StartsWith("text/plain", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("not built", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Nobody_signs_in_where_it_is_not_wanted()
    {
        using var client = disabled.Client();

        Assert.Equal(401, (int)(await client.GetAsync("/console")).StatusCode);
        await client.Api.GetAsync("/console/session").ExpectErrorAsync(404, 20404);
        await client.Api.PostAsync(
            "/console/session", ("Username", MessagingServer.AccountSid), ("Password", MessagingServer.AuthToken))
            .ExpectErrorAsync(404, 20404);
    }

    public sealed class Unbuilt(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Console:Directory", "/nowhere/console")];
    }

    public sealed class Disabled(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Console:Enabled", "false")];
    }
}
