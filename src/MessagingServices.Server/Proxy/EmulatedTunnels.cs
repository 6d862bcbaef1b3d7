using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// The open connections to emulated hosts. Those that carried requests of an account end when it is suspended, closed
/// or deleted, and those of an API key when it is revoked, on every server within a second.
/// </summary>
internal sealed partial class EmulatedTunnels(
    IDbContextFactory<MessagingDb> databases, TimeProvider real, ILogger<EmulatedTunnels> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<EmulatedTunnel, byte> open = new();

    public void Add(EmulatedTunnel tunnel) => open.TryAdd(tunnel, 0);

    public void Remove(EmulatedTunnel tunnel) => open.TryRemove(tunnel, out _);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, real);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await EndAsync(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // Without the database the accounts cannot change either.
                    LogFailed(failure);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task EndAsync(CancellationToken cancellation)
    {
        var tunnels = open.Keys.Where(tunnel => tunnel.Callers.Count > 0).ToList();
        if (tunnels.Count == 0) return;
        var callers = tunnels.SelectMany(tunnel => tunnel.Callers).ToHashSet();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        List<Sid> accounts = [.. callers.Select(caller => caller.Account).Distinct()];
        var active = await db.Accounts
            .Where(account => accounts.Contains(account.Sid) && account.Status == AccountStatus.Active)
            .Select(account => account.Sid).ToHashSetAsync(cancellation);
        List<Sid> named = [.. callers.Select(caller => caller.Key).OfType<Sid>().Distinct()];
        var keys = named.Count == 0 ? [] : await db.ApiKeys.Where(key => named.Contains(key.Sid))
            .Select(key => key.Sid).ToHashSetAsync(cancellation);
        foreach (var tunnel in tunnels)
        {
            var gone = tunnel.Callers.Count(caller =>
                !active.Contains(caller.Account) || (caller.Key is { } key && !keys.Contains(key)));
            if (gone > 0) tunnel.End(isShared: gone < tunnel.Callers.Count);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The accounts of proxied connections could not be read")]
    private partial void LogFailed(Exception failure);
}
