using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A server in the tests' process with a database of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const string ReadSchema =
        """
        SELECT concat_ws(' ', (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute),
            (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_proc))
        """;

    // A test that has killed another server, or taken this one for dead, leaves more servers. A reset keeps the rows of
    // other accounts.
    private const string IsAlone =
        """
        SELECT count(*) = 1 AND NOT bool_or(has_left) AND (SELECT count(*) = 1 FROM accounts) FROM server_processes
        """;

    private readonly PostgresDatabase database;
    private readonly Host host;
    private readonly string schema;

    private RunningServer(PostgresDatabase database, Host host, string schema) =>
        (this.database, this.host, this.schema) = (database, host, schema);

    public IServiceProvider Services => host.Services;

    public Uri Address => host.ClientOptions.BaseAddress;

    public string ConnectionString => database.ConnectionString;

    /// <summary>Starts a server.</summary>
    /// <param name="database">Its database, which exists, and ends with it.</param>
    /// <param name="settings">Its settings.</param>
    public static async Task<RunningServer> StartAsync(
        PostgresDatabase database, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        Host host = new(settings);
        try
        {
            host.UseKestrel(0);
            host.StartServer();
            return new(database, host, await SchemaAsync(database));
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes it as it was when it had started: no resources, no other accounts, no keys, the clock at its beginning.
    /// </summary>
    /// <returns>False when tests have changed what this cannot restore.</returns>
    public async Task<bool> CleanAsync()
    {
        if (await SchemaAsync(database) != schema || await Sql.ScalarAsync(ConnectionString, IsAlone) is not true)
            return false;
        using HttpClient client = new() { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{MessagingServer.AccountSid}:{MessagingServer.AuthToken}")));
        if ((await client.Api.PostAsync(TestApi.ResetPath, ("Scope", "all"))).Status != 204) return false;
        // Messages that other transactions had locked are removed later.
        if (await Sql.ScalarAsync(ConnectionString, "SELECT NOT EXISTS (SELECT FROM messages)") is not true)
            return false;
        await Sql.ScalarAsync(
            ConnectionString,
            """
            DELETE FROM api_keys;
            UPDATE accounts SET friendly_name = 'My first account'
            """);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    private static async Task<string> SchemaAsync(PostgresDatabase database) =>
        (string)(await Sql.ScalarAsync(database.ConnectionString, ReadSchema))!;

    private sealed class Host(IReadOnlyList<KeyValuePair<string, string>> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
        }
    }
}

/// <summary>
/// Servers that test classes have left, for the next class that wants one of the same kind. To clean one takes less
/// than to start another on a new database. Each class has a server for itself, at any time.
/// </summary>
internal sealed class IdleServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, ConcurrentBag<RunningServer>> idle = new();

    /// <summary>Takes a clean server of a kind; null when there is none.</summary>
    public RunningServer? Take(Type kind) => idle.TryGetValue(kind, out var left) && left.TryTake(out var server)
        ? server : null;

    /// <summary>Cleans a server and keeps it for the next class. One that cannot be cleaned ends.</summary>
    public async Task LeaveAsync(Type kind, RunningServer server)
    {
        if (await IsCleanedAsync(server)) idle.GetOrAdd(kind, _ => []).Add(server);
        else await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in idle.Values.SelectMany(left => left)) await server.DisposeAsync();
        idle.Clear();
    }

    private static async Task<bool> IsCleanedAsync(RunningServer server)
    {
        try
        {
            return await server.CleanAsync();
        }
        catch (Exception broken) when (broken is HttpRequestException or Npgsql.NpgsqlException)
        {
            return false;
        }
    }
}
