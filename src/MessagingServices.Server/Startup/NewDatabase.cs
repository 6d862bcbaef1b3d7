using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Startup;

/// <summary>
/// Prepares for a new private database, on one core while the other makes the server. Its seed passes through EF Core,
/// whose code is compiled when it is first used. A server with an existing database is ready without EF Core.
/// </summary>
internal static class NewDatabase
{
    /// <summary>Begins in the background, if the server will make a database and fill it.</summary>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public static void Prepare(IConfiguration configuration)
    {
        var database = SectionBinder.Read<DatabaseOptions>(configuration);
        var cluster = SectionBinder.Read<EmbeddedPostgresOptions>(configuration);
        var seed = SectionBinder.Read<SeedOptions>(configuration);
        if (database.IsPrivate() && EmbeddedCluster.IsNew(cluster) && !seed.IsNone())
            _ = Task.Run(() => Compile(seed));
    }

    /// <summary>
    /// Reads the seed, and compiles a typical query and the changes that a seed makes. It needs no database.
    /// </summary>
    internal static void Compile(SeedOptions seed)
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres("Host=unused").Options;
        using var db = new MessagingDb(options);
        _ = db.PhoneNumbers.Where(number => number.Number == "").Select(number => number.Sid).ToQueryString();
        var now = DateTimeOffset.UnixEpoch;
        Sid account = Sid.Create(SidPrefix.Account, 1), service = Sid.Create(SidPrefix.MessagingService, 1);
        _ = PhoneNumberValue.TryParse("+14155550100", out var value);
        var number = new PhoneNumber(Sid.Create(SidPrefix.PhoneNumber, 1), account, value!, now);
        db.AddRange(number, new MessagingService(service, account, "", now), new PoolSender(service, number, now));
        db.ChangeTracker.DetectChanges();
        _ = seed.Read();
    }
}
