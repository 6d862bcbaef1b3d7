using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>
/// The server, started as users start it, on its private PostgreSQL or beside another server on that one's.
/// </summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    public const string Account = "AC00000000000000000000000000000001";
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly ChildProcess process;

    private RunningServer(ChildProcess process, string url)
    {
        this.process = process;
        Url = url;
        StartedIn = Stopwatch.GetElapsedTime(process.Started);
    }

    /// <summary>Account SID and Auth Token, as Basic authentication joins them.</summary>
    public static string Credentials => $"{Account}:{Token}";

    /// <summary>The program, in the build that <c>./dev bench</c> makes.</summary>
    private static string Program { get; } = FindProgram();

    public string Url { get; }

    public int ProcessId => process.Id;

    /// <summary>From the start of the process until <c>/readyz</c> answered 200.</summary>
    public TimeSpan StartedIn { get; }

    public Database Database { get; private set; } = null!;

    /// <summary>The last warnings and errors that it logged, without their time.</summary>
    public IEnumerable<string> Complaints =>
        process.Output.Split('\n').Select(line => Complaint.Match(line)).Where(match => match.Success)
        .Select(match => match.Groups[1].Value);

    /// <summary>The Messaging Service of the seed.</summary>
    public string MessagingServiceSid { get; private set; } = "";

    /// <summary>Starts it on its own PostgreSQL in a folder; returns when it is ready.</summary>
    public static Task<RunningServer> StartAsync(
        string folder, IEnumerable<string> options, CancellationToken cancellation) =>
        StartAsync(["--EmbeddedPostgres:DataDirectory", folder, .. options], () =>
            Database.OfFolder(folder), cancellation);

    /// <summary>Starts a second one on the PostgreSQL of another.</summary>
    public static Task<RunningServer> StartBesideAsync(
        RunningServer other, IEnumerable<string> options, CancellationToken cancellation) =>
        StartAsync(["--ConnectionStrings:Postgres", other.Database.ConnectionString, .. options], () =>
            other.Database.Borrow(), cancellation);

    /// <summary>Stops it as Ctrl-C does, its PostgreSQL too.</summary>
    public Task StopAsync() => process.TerminateAsync();

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
    }

    /// <summary>Makes another Messaging Service with one number.</summary>
    /// <returns>Its SID.</returns>
    public async Task<string> CopyServiceAsync(string number, CancellationToken cancellation)
    {
        var sender = await CreateAsync($"/2010-04-01/Accounts/{Account}/IncomingPhoneNumbers.json", "PhoneNumber",
            number, cancellation);
        var service = await CreateAsync("/v1/Services", "FriendlyName", "Another", cancellation);
        await CreateAsync($"/v1/Services/{service}/PhoneNumbers", "PhoneNumberSid", sender, cancellation);
        return service;
    }

    private static async Task<RunningServer> StartAsync(
        IEnumerable<string> options, Func<Database> find, CancellationToken cancellation)
    {
        var url = Ports.FreeUrl();
        var process = ChildProcess.Start("dotnet",
            [Program, "--urls", url, "--Serilog:MinimumLevel:Default", "Warning", .. options]);
        Database? database = null;
        try
        {
            await process.AnswersAsync($"{url}/readyz", cancellation);
            var server = new RunningServer(process, url) { Database = database = find() };
            server.MessagingServiceSid = await server.FindServiceAsync(cancellation);
            return server;
        }
        catch
        {
            await process.DisposeAsync();
            await EndDatabaseAsync(database, find);
            throw;
        }
    }

    /// <summary>Ends the PostgreSQL that a server left which did not get ready.</summary>
    private static async Task EndDatabaseAsync(Database? database, Func<Database> find)
    {
        try
        {
            // One that is just starting has written its file by then.
            if (database is null) await Task.Delay(TimeSpan.FromSeconds(1));
            await (database ?? find()).DisposeAsync();
        }
        catch (IOException)
        {
            // It was not started.
        }
    }

    private async Task<string> CreateAsync(
        string path, string field, string value, CancellationToken cancellation)
    {
        using var client = NewClient();
        using var form = new FormUrlEncodedContent([new(field, value)]);
        using var answer = await client.PostAsync($"{Url}{path}", form, cancellation);
        answer.EnsureSuccessStatusCode();
        using var created = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        return created.RootElement.GetProperty("sid").GetString()!;
    }

    private static HttpClient NewClient()
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials)));
        return client;
    }

    private async Task<string> FindServiceAsync(CancellationToken cancellation)
    {
        using var client = NewClient();
        using var page = JsonDocument.Parse(await client.GetStringAsync($"{Url}/v1/Services", cancellation));
        return page.RootElement.GetProperty("services").EnumerateArray().Last().GetProperty("sid").GetString()!;
    }

    private static string FindProgram()
    {
        var program = Environment.GetEnvironmentVariable("MESSAGING_BENCH_SERVER") ?? "The server";
        return File.Exists(program) ? program
            : throw new LoadFailure($"{program} is missing: start the benchmarks with ./dev bench, which builds it.");
    }

    [GeneratedRegex(@"^[\d:.]+ ((WRN|ERR|FTL) .*)")]
    private static partial Regex Complaint { get; }
}
