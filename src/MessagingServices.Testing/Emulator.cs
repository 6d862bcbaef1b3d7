using System.Collections.Concurrent;
using MessagingServices.Testing.Http;
using MessagingServices.Testing.Servers;

namespace MessagingServices.Testing;

/// <summary>
/// A server in place of Twilio. One serves a whole test run: start it once, and give each test an account of its own,
/// so that tests run in parallel. It may be used by many threads at once.
/// </summary>
public sealed class Emulator : IAsyncDisposable
{
    private const int MaxNameLength = 64;

    private readonly RunningServer server;
    private readonly EmulatorOptions options;
    private readonly EmulatorApi api;
    private readonly ConcurrentDictionary<string, EmulatedAccount> accounts = new();
    private int isDisposed;

    private Emulator(RunningServer server, EmulatorOptions options)
    {
        (this.server, this.options) = (server, options);
        api = new(server.Connections, server.Account, options);
    }

    /// <summary>The address of the server.</summary>
    public Uri Url => server.Connections.Url;

    /// <summary>
    /// Connects to a running server, or starts one on a free port of this machine with a database that ends with it,
    /// and waits until it is ready. <see cref="EmulatorOptions"/> says which.
    /// </summary>
    /// <param name="options">Null: connect to <c>MESSAGING_SERVICES_URL</c>, else start a server.</param>
    /// <exception cref="EmulatorException">It is not ready in time; the message has its last lines.</exception>
    public static async Task<Emulator> StartAsync(EmulatorOptions? options = null)
    {
        options ??= new();
        return new(await RunningServer.OpenAsync(options).ConfigureAwait(false), options);
    }

    /// <summary>
    /// Creates an account: a world of its own, with its own numbers, messages, clock and faults. It has no numbers yet.
    /// </summary>
    /// <param name="name">
    /// Its name in the console, such as that of the test; of a longer one the first 64 characters.
    /// </param>
    /// <param name="seedJson">
    /// What it has from the beginning, in the form of the server's seed: <c>phone_numbers</c>, <c>short_codes</c>,
    /// <c>channel_senders</c> and <c>messaging_services</c>.
    /// </param>
    public async Task<EmulatedAccount> CreateAccountAsync(string? name = null, string? seedJson = null)
    {
        ObjectDisposedException.ThrowIf(isDisposed != 0, this);
        if (name?.Length > MaxNameLength) name = name[..MaxNameLength];
        var created = await api.PostAsync("/2010-04-01/Accounts.json", ("FriendlyName", name)).ConfigureAwait(false);
        Credentials credentials = new(
            created.GetProperty("sid").GetString()!, created.GetProperty("auth_token").GetString()!);
        EmulatedAccount account = new(this, server.Connections, credentials, options);
        accounts[account.Sid] = account;
        try
        {
            if (seedJson is not null) await account.SeedAsync(seedJson).ConfigureAwait(false);
            return account;
        }
        catch
        {
            await account.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Stops the server that was started. On a server that ran before, it deletes the accounts that were not disposed.
    /// A call that waits in another thread ends with an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0) return;
        try
        {
            if (server.Process is null)
                foreach (var account in accounts.Values) await account.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Deletes an account, unless the server has ended with it.</summary>
    internal async Task DeleteAsync(EmulatedAccount account)
    {
        if (!accounts.TryRemove(account.Sid, out _) || (isDisposed != 0 && server.Process is not null)) return;
        await api.CleanUpAsync($"/emulator/v1/Accounts/{account.Sid}").ConfigureAwait(false);
    }
}
