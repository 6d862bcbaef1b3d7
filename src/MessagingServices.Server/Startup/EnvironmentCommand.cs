using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MessagingServices.Server.Certificates;
using MessagingServices.Server.Emulator.ClientEnvironment;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Startup;

/// <summary>
/// The command <c>env</c>: prints the environment for unmodified applications, of the running server that the same
/// options start. The files go to a folder of the user who calls it, because the server may run elsewhere.
/// </summary>
internal static class EnvironmentCommand
{
    private const string Name = "env";
    private const string Path = "emulator/v1/Environment";

    /// <summary>Whether the command line asks for it.</summary>
    public static bool IsRequested(string[] args) => args is [Name, ..];

    /// <summary>Prints the environment.</summary>
    /// <param name="args">The command, maybe a language, and options of the server.</param>
    /// <param name="output">Receives the environment, and nothing else.</param>
    /// <param name="errors">Receives one sentence when there is none.</param>
    /// <returns>The exit code: 0, or 1.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var language = args.Length > 1 && !args[1].StartsWith('-') ? args[1] : "";
        try
        {
            await output.WriteAsync(await ReadAsync(language, args[(language.Length > 0 ? 2 : 1)..]));
            return 0;
        }
        catch (Exception failure) when (failure
            is StartupException or HttpRequestException or IOException or UnauthorizedAccessException
                or OperationCanceledException)
        {
            await errors.WriteLineAsync($"There is no environment. {failure.Message}");
            return 1;
        }
    }

    private static async Task<string> ReadAsync(string language, string[] options)
    {
        var configuration = Hosting.CreateBuilder(options).Configuration;
        var url = ListeningAddresses.Read(configuration).LocalUrl;
        var account = SectionBinder.Read<AccountOptions>(configuration);
        if (account.HasRandomToken)
            throw new StartupException("Account:AuthToken is random: give the token that the server printed with "
                + "--Account:AuthToken.");
        // Not through a proxy: the variables may be set already.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new($"{url}/"), Timeout = TimeSpan.FromSeconds(30),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Sid}:{account.AuthToken}")));
        List<ClientFile> files = [];
        foreach (var name in ClientFile.Names)
            files.Add(new(name, "", await GetAsync(client, $"{Path}/{name}")));
        using var authority = X509Certificate2.CreateFromPem(
            Encoding.ASCII.GetString(files.Single(file => file.Name == ClientFile.Authority).Content));
        var folder = ClientFolder.Of(IssuingAuthority.FingerprintOf(authority));
        ClientFolder.Write(folder, files);
        var query = $"Language={Uri.EscapeDataString(language)}&Directory={Uri.EscapeDataString(folder)}";
        return Encoding.UTF8.GetString(await GetAsync(client, $"{Path}?{query}"));
    }

    private static async Task<byte[]> GetAsync(HttpClient client, string path)
    {
        try
        {
            using var response = await client.GetAsync(path);
            var content = await response.Content.ReadAsByteArrayAsync();
            if (response.IsSuccessStatusCode) return content;
            throw new StartupException(
                $"The server at {client.BaseAddress} answers {(int)response.StatusCode}: {MessageOf(content)}");
        }
        catch (HttpRequestException failure)
        {
            throw new StartupException(
                $"No server answers at {client.BaseAddress} ({failure.Message}): start it with the same options.",
                failure);
        }
    }

    private static string MessageOf(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content)?["message"]?.ToString() ?? "";
        }
        catch (System.Text.Json.JsonException)
        {
            return "it is no Messaging Services server.";
        }
    }
}
