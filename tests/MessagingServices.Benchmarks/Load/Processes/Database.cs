using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>The PostgreSQL of a server under test, seen from outside.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string Name = "messaging_services";

    private readonly NpgsqlDataSource source;
    private readonly bool borrowed;

    private Database(string socketFolder, int postmaster, bool borrowed)
    {
        (SocketFolder, Postmaster, this.borrowed) = (socketFolder, postmaster, borrowed);
        ConnectionString = $"Host={socketFolder};Username=postgres;Database={Name};SSL Mode=Disable;GSS Encryption Mode=Disable";
        source = NpgsqlDataSource.Create($"{ConnectionString};Command Timeout=0;Maximum Pool Size=4");
    }

    public string ConnectionString { get; }

    public string SocketFolder { get; }

    /// <summary>The first of its processes.</summary>
    public int Postmaster { get; }

    /// <summary>That of a folder in which a server runs it.</summary>
    public static Database OfFolder(string folder)
    {
        // Process, data folder, start, port, folder of the socket: PostgreSQL's own order.
        var lines = File.ReadAllLines(Path.Combine(folder, "cluster", "postmaster.pid"));
        return new(lines[4], int.Parse(lines[0], CultureInfo.InvariantCulture), borrowed: false);
    }

    /// <summary>The same one for somebody who does not end it.</summary>
    public Database Borrow() => new(SocketFolder, Postmaster, borrowed: true);

    /// <summary>How a program of PostgreSQL's is told to connect.</summary>
    public string[] ProgramArguments => ["-h", SocketFolder, "-U", "postgres", Name];

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<T> ReadAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<IReadOnlyList<string>> ReadColumnAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> values = [];
        while (await reader.ReadAsync(cancellation)) values.Add(reader.GetString(0));
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        if (!borrowed) await EndAsync();
    }

    /// <summary>Ends PostgreSQL without a checkpoint; its folder is removed anyway.</summary>
    private async Task EndAsync()
    {
        using (var quit = Process.Start(new ProcessStartInfo("kill", ["-QUIT", Postmaster.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!)
            await quit.WaitForExitAsync();
        var asked = Stopwatch.GetTimestamp();
        while (Directory.Exists($"/proc/{Postmaster}") && Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(10)) await Task.Delay(50);
    }
}
