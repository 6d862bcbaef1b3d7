using System.Net.Http.Headers;
using System.Text;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A whole server on a database of its own, listening on a real port: take it as
/// <c>IClassFixture&lt;MessagingServer&gt;</c>. Tests speak HTTP to it as any client would. The carrier takes 10 ms a
/// step; everything else is as users get it, without the seed.
/// </summary>
/// <remarks>A class has it for itself. It may be one that another class has left, cleaned.</remarks>
public class MessagingServer(PostgresServer postgres) : IAsyncLifetime
{
    public const string AccountSid = AccountOptions.DefaultSid;
    public const string AuthToken = AccountOptions.DefaultAuthToken;

    private PostgresDatabase? database;
    private RunningServer? running;

    /// <summary>For example <c>http://127.0.0.1:43210</c>.</summary>
    public string Url => Http.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>Calls with the account's credentials.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>The API with the account's credentials.</summary>
    internal TestApi Api => new(Http);

    /// <summary>How to connect to the server's database, for what has no API.</summary>
    public string ConnectionString => running?.ConnectionString ?? database!.ConnectionString;

    /// <summary>What the server is made of, for what can only be seen from inside.</summary>
    public IServiceProvider Services => running!.Services;

    /// <summary>Settings that differ from what users get.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Settings => [];

    /// <summary>
    /// Whether another class gets it afterwards, if it can be cleaned. It pays for what many classes want.
    /// </summary>
    protected virtual bool IsReused => GetType() == typeof(MessagingServer);

    public virtual async ValueTask InitializeAsync()
    {
        running = IsReused ? postgres.IdleServers.Take(GetType()) : null;
        if (running is null)
        {
            database = new(postgres);
            await database.InitializeAsync();
            running = await RunningServer.StartAsync(database, [
                new("ConnectionStrings:Postgres", database.ConnectionString), new("Seed:File", "none"),
                new("Carrier:SentDelayMs", "10"), new("Carrier:DeliveredDelayMs", "10"),
                new("Serilog:MinimumLevel:Default", "Warning"),
                new("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Warning"),
                .. Settings,
            ]);
        }

        Http = Client(AccountSid, AuthToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (running is not null && IsReused) await postgres.IdleServers.LeaveAsync(GetType(), running);
        else if (running is not null) await running.DisposeAsync();
        else if (database is not null) await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client with other credentials, or with none.</summary>
    public HttpClient Client(string? username = null, string? password = null)
    {
        var client = new HttpClient { BaseAddress = running!.Address };
        if (username is not null)
        {
            client.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));
        }

        return client;
    }

    /// <summary>Posts a form and reads the JSON response.</summary>
    public Task<ApiResponse> PostAsync(string path, params (string Name, string Value)[] form) =>
        Api.PostAsync(path, form);

    /// <summary>Gets and reads the JSON response.</summary>
    public Task<ApiResponse> GetAsync(string path) => Api.GetAsync(path);

    /// <summary>Deletes.</summary>
    public Task<ApiResponse> DeleteAsync(string path) => Api.DeleteAsync(path);
}

/// <summary>A server whose clock is frozen and moves only through the emulator API.</summary>
public sealed class FrozenMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    protected override bool IsReused => true;

    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Clock:Frozen", "true")];
}

/// <summary>A server with the built-in seed, as users get it.</summary>
public sealed class SeededMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Seed:File", "")];
}
