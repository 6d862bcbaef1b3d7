using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>The PostgreSQL of a server under test, seen from outside.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string Name = "messaging_services";

    private readonly string folder;
    private readonly NpgsqlDataSource source;
    private readonly bool borrowed;

    private Database(string folder, string socketFolder, int postmaster, bool borrowed)
    {
        (this.folder, SocketFolder, Postmaster, this.borrowed) = (folder, socketFolder, postmaster, borrowed);
        ConnectionString =
            $"Host={socketFolder};Username=postgres;Database={Name};SSL Mode=Disable;GSS Encryption Mode=Disable";
        source = NpgsqlDataSource.Create($"{ConnectionString};Command Timeout=0;Maximum Pool Size=4");
    }

    public string ConnectionString { get; }

    public string SocketFolder { get; }

    /// <summary>The first of its processes.</summary>
    public int Postmaster { get; }

    /// <summary>That of a folder in which a server runs it.</summary>
    /// <exception cref="IOException">None runs there.</exception>
    public static Database OfFolder(string folder)
    {
        // Process, data folder, start, port, folder of the socket: PostgreSQL's own order.
        return File.ReadAllLines(Path.Combine(folder, "cluster", "postmaster.pid"))
            is [var process, _, _, _, var socket, ..]
            ? new(folder, socket, int.Parse(process, CultureInfo.InvariantCulture), borrowed: false)
            : throw new IOException($"PostgreSQL in {folder} is only starting.");
    }

    /// <summary>The same database for a caller that does not stop it.</summary>
    public Database Borrow() => new(folder, SocketFolder, Postmaster, borrowed: true);

    /// <summary>The connection options of the programs of PostgreSQL.</summary>
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

    /// <summary>Ends PostgreSQL without a checkpoint, if the server did not; its folder is removed anyway.</summary>
    private async Task EndAsync()
    {
        if (!Runs()) return;
        using (var quit = Process.Start(new ProcessStartInfo(
            "kill", ["-QUIT", Postmaster.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!)
            await quit.WaitForExitAsync();
        var asked = Stopwatch.GetTimestamp();
        while (Runs() && Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(10)) await Task.Delay(50);
    }

    // The number of an ended process may be another's by now.
    private bool Runs()
    {
        try
        {
            return File.ReadAllText($"/proc/{Postmaster}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
