using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Seeding;

/// <summary>
/// The content that fills an empty database: the file that <c>Seed:File</c> names, the built-in seed when it is unset,
/// nothing when it is <c>none</c>. The seed passes through the same checks and use cases as requests, for the
/// configured account, completely or not at all.
/// </summary>
internal sealed class Seed(
    SeedOptions options, AccountOptions account, Lazy<SeedResources> resources, EmulatorClock clock,
    IDbContextFactory<MessagingDb> databases)
{
    private readonly Lazy<SeedContent?> content = new(options.Read);

    /// <summary>
    /// Applies the seed to a database that is empty and never had one. Of servers that start at once one applies it.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Ends the attempt; nothing is applied then.</param>
    /// <exception cref="StartupException">The seed cannot be read, or is refused; the message names the place and the
    /// reason.</exception>
    public async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var isApplied = await database.HasRowsAsync("seed_applications", cancellation);
        // A mistake in a file of the operator is told at every start.
        if ((isApplied && options.IsBuiltIn()) || content.Value is not { } seed || isApplied) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.InTransactionAsync(
            async () =>
            {
                // The row is the memory and the lock in one: another server that is just seeding makes this statement
                // wait.
                var first = await db.Database.ExecuteSqlAsync(
                    $"""
                     INSERT INTO seed_applications (id, date_applied)
                     VALUES ({SeedApplication.OnlyId}, {clock.Now(account.Sid)})
                     ON CONFLICT (id) DO NOTHING
                     """, cancellation) == 1;
                if (first && !await HasResourcesAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellation))
                    await MakeAsync(db, seed, PresentResources.None, cancellation);
                return true;
            }, cancellation);
    }

    /// <summary>Applies the seed to the configured account that was emptied; to no other account.</summary>
    public async Task ApplyAgainAsync(Sid emptied, CancellationToken cancellation)
    {
        if (emptied != account.Sid || content.Value is not { } seed) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.InTransactionAsync(
            async () => await MakeAsync(
                db, seed, await PresentResources.ReadAsync(db, account.Sid, cancellation), cancellation), cancellation);
    }

    private static async Task<bool> HasResourcesAsync(
        NpgsqlConnection connection, CancellationToken cancellation) =>
        (await connection.QueryAsync<bool>(
            """
            SELECT EXISTS (SELECT FROM messaging_services) OR EXISTS (SELECT FROM phone_numbers)
                OR EXISTS (SELECT FROM short_codes) OR EXISTS (SELECT FROM channel_senders)
                OR EXISTS (SELECT FROM messages)
            """, cancellation))[0];

    /// <summary>
    /// Where the SIDs begin: at 1, unless another account has these, because it was the configured one before.
    /// </summary>
    private async Task<UInt128> FirstSidAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var areTaken = await connection.HasRowsAsync(
            """
            (
                SELECT sid, account_sid FROM phone_numbers UNION ALL SELECT sid, account_sid FROM short_codes
                UNION ALL SELECT sid, account_sid FROM channel_senders
                UNION ALL SELECT sid, account_sid FROM messaging_services) AS seeded
            WHERE substr(sid, 3, 24) = '000000000000000000000000' AND account_sid <> $1
            """, cancellation, Scalar.Of(account.Sid));
        return areTaken
            ? BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(account.Sid.Value)))
            : UInt128.Zero;
    }

    private async Task<MadeResources> MakeAsync(
        MessagingDb db, SeedContent seed, PresentResources present, CancellationToken cancellation)
    {
        // The same SIDs every time, so that notes of them stay true after a reset.
        var next = await FirstSidAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellation);
        var sids = new SidSource(TimeProvider.System, () => ++next);
        try
        {
            return await resources.Value.MakeAsync(db, account.Sid, seed, present, sids, cancellation);
        }
        catch (WrongSeedException wrong)
        {
            throw SeedOptions.Wrong(seed.Name, wrong);
        }
    }
}
