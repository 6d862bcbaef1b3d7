using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using MessagingServices.Server.Startup;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The environment for unmodified applications.</summary>
public sealed class EnvironmentTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Path = "/emulator/v1/Environment";
    private static readonly string[] Files =
        ["ca.pem", "bundle.pem", "trust.p12", "twilio.ini", "preload.cjs", "sitecustomize.py"];

    [Theory]
    [InlineData("node", "HTTPS_PROXY NO_PROXY HTTP_PROXY NODE_OPTIONS NODE_EXTRA_CA_CERTS")]
    [InlineData("cli", "HTTPS_PROXY NO_PROXY HTTP_PROXY NODE_OPTIONS NODE_EXTRA_CA_CERTS")]
    [InlineData("python", "HTTPS_PROXY NO_PROXY REQUESTS_CA_BUNDLE PYTHONPATH SSL_CERT_FILE")]
    [InlineData("csharp", "HTTPS_PROXY NO_PROXY SSL_CERT_FILE")]
    [InlineData("go", "HTTPS_PROXY NO_PROXY SSL_CERT_FILE")]
    [InlineData("ruby", "HTTPS_PROXY NO_PROXY HTTP_PROXY SSL_CERT_FILE")]
    [InlineData("java", "HTTPS_PROXY NO_PROXY JAVA_TOOL_OPTIONS")]
    [InlineData("php", "HTTPS_PROXY NO_PROXY SSL_CERT_FILE PHP_INI_SCAN_DIR")]
    [InlineData("curl", "HTTPS_PROXY NO_PROXY CURL_CA_BUNDLE")]
    [InlineData("", "HTTPS_PROXY NO_PROXY HTTP_PROXY NODE_OPTIONS NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE PYTHONPATH "
        + "SSL_CERT_FILE CURL_CA_BUNDLE JAVA_TOOL_OPTIONS PHP_INI_SCAN_DIR")]
    public async Task Each_language_has_its_variables(string language, string names)
    {
        var found = await ReadAsync($"?Language={language}&Directory=/files");

        Assert.Equal($"TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN {names}", string.Join(' ', found.Select(row => row.Key)));
        Assert.Equal((MessagingServer.AccountSid, MessagingServer.AuthToken),
            (found["TWILIO_ACCOUNT_SID"]!.ToString(), found["TWILIO_AUTH_TOKEN"]!.ToString()));
        Assert.Equal((server.Url, "localhost,127.0.0.1"),
            (found["HTTPS_PROXY"]!.ToString(), found["NO_PROXY"]!.ToString()));
    }

    [Theory]
    [InlineData("shell", "bash", "eval \"$(cat)\"; printf '%s' \"$SSL_CERT_FILE\"")]
    [InlineData("dotenv", "bash", "set -a; . /dev/stdin; printf '%s' \"$SSL_CERT_FILE\"")]
    public async Task A_shell_reads_any_folder(string format, string shell, string script)
    {
        const string folder = "/a b/$HOME `x` \\ & ü";
        var text = await server.Http.GetStringAsync(
            $"{Path}?Language=csharp&Format={format}&Directory={Uri.EscapeDataString(folder)}");

        var (_, output) = await Command.RunAsync(shell, ["-c", script], input: text);

        Assert.Equal($"{folder}/bundle.pem", output);
    }

    [Fact]
    public async Task Each_format_quotes_all_values()
    {
        const string query = "?Language=csharp&Directory=/it%27s";

        Assert.Contains("export SSL_CERT_FILE='/it'\\''s/bundle.pem'\n",
            await server.Http.GetStringAsync(Path + query), StringComparison.Ordinal);
        Assert.Contains("$env:SSL_CERT_FILE = '/it''s/bundle.pem'\n",
            await server.Http.GetStringAsync($"{Path}{query}&Format=powershell"), StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE=\"/it's/bundle.pem\"\n",
            await server.Http.GetStringAsync($"{Path}{query}&Format=dotenv"), StringComparison.Ordinal);
        Assert.Equal("/it's/bundle.pem", (await ReadAsync(query))["SSL_CERT_FILE"]!.ToString());
    }

    [Fact]
    public async Task A_key_gets_itself_and_no_token()
    {
        var key = await server.PostAsync(
            $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Keys.json", ("FriendlyName", "Key")).ExpectAsync(201);
        using var client = server.Client(key["sid"], key["secret"]);

        var found = JsonNode.Parse(await client.GetStringAsync(
            $"{Path}?Language=curl&Format=json&Directory=/files"))!.AsObject();

        Assert.Equal(
            (MessagingServer.AccountSid, key["sid"], key["secret"]),
            (found["TWILIO_ACCOUNT_SID"]!.ToString(), found["TWILIO_API_KEY"]!.ToString(),
                found["TWILIO_API_SECRET"]!.ToString()));
        Assert.False(found.ContainsKey("TWILIO_AUTH_TOKEN"));
    }

    [Fact]
    public async Task The_files_are_for_everybody_and_have_no_private_key()
    {
        using var anybody = server.Client();
        foreach (var file in Files)
        {
            var content = await anybody.GetStringAsync($"{Path}/{file}");
            Assert.DoesNotContain("PRIVATE KEY", content, StringComparison.Ordinal);
        }

        Assert.StartsWith(
            await anybody.GetStringAsync($"{Path}/ca.pem"), await anybody.GetStringAsync($"{Path}/bundle.pem"),
            StringComparison.Ordinal);
        await anybody.Api.GetAsync($"{Path}/key.pem").ExpectErrorAsync(404, 20404);
        await anybody.Api.GetAsync($"{Path}/..%2Fca.pem").ExpectErrorAsync(404, 20404);
        await anybody.Api.GetAsync(Path).ExpectErrorAsync(401, 20003);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_server_writes_the_files_for_itself_only()
    {
        var bundle = (await ReadAsync("?Language=csharp"))["SSL_CERT_FILE"]!.ToString();
        var folder = System.IO.Path.GetDirectoryName(bundle)!;
        try
        {
            foreach (var file in Files)
            {
                Assert.Equal(
                    await server.Http.GetByteArrayAsync($"{Path}/{file}"),
                    await File.ReadAllBytesAsync(System.IO.Path.Combine(folder, file)));
            }

            const UnixFileMode others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
            Assert.All(
                Directory.GetFileSystemEntries(folder).Append(folder).Append(System.IO.Path.GetDirectoryName(folder)!),
                entry => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(entry) & others));
            Assert.Equal(Files.Order(), Directory.GetFiles(folder).Select(System.IO.Path.GetFileName).Order()!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Language=cobol", "Language must be one of all, node")]
    [InlineData("Language=1", "Language must be one of all, node")]
    [InlineData("Format=xml", "Format must be one of shell, dotenv, json, powershell")]
    [InlineData("Directory=files", "Directory must be an absolute path")]
    [InlineData("Directory=/a%0Aexport", "Directory must be an absolute path")]
    [InlineData("Directory=/a%22b", "Directory must be an absolute path")]
    public async Task Anything_else_is_refused(string query, string message)
    {
        var refused = await server.GetAsync($"{Path}?{query}").ExpectErrorAsync(400, 20001);

        Assert.StartsWith(message, refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_env_prints_the_environment_and_nothing_else()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exitCode = await EnvironmentCommand.RunAsync(["env", "curl", "--urls", server.Url], output, errors);

        Assert.Equal((0, ""), (exitCode, errors.ToString()));
        Assert.All(output.ToString().TrimEnd('\n').Split('\n'),
            line => Assert.StartsWith("export ", line, StringComparison.Ordinal));
        var bundle = output.ToString().Split("CURL_CA_BUNDLE='")[1].Split('\'')[0];
        Assert.True(File.Exists(bundle));
        Directory.Delete(System.IO.Path.GetDirectoryName(bundle)!, recursive: true);
    }

    [Theory]
    [InlineData("No server answers at http://127.0.0.1:1/", "--urls", "http://127.0.0.1:1")]
    [InlineData("Language must be one of", "cobol", "--urls", "own")]
    public async Task The_command_env_says_why_there_is_none(string sentence, params string[] options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exitCode = await EnvironmentCommand.RunAsync(
            ["env", .. options.Select(option => option == "own" ? server.Url : option)], output, errors);

        Assert.Equal((1, ""), (exitCode, output.ToString()));
        Assert.Contains(sentence, errors.ToString(), StringComparison.Ordinal);
    }

    private async Task<JsonObject> ReadAsync(string query) =>
        JsonNode.Parse(await server.Http.GetStringAsync($"{Path}{query}&Format=json"))!.AsObject();
}
