using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Startup;

/// <summary>
/// Prepares for a new database, on one core while the other makes the server. The database is filled by EF Core, whose
/// code is compiled when it is first used: 0.5 s of a processor. A server with an existing database is ready without.
/// </summary>
internal static class NewDatabase
{
    /// <summary>Begins in the background, unless the database exists or is not the server's own.</summary>
    public static void Prepare(IConfiguration configuration)
    {
        if (SectionBinder.Read<DatabaseOptions>(configuration).IsPrivate()
            && EmbeddedCluster.IsNew(SectionBinder.Read<EmbeddedPostgresOptions>(configuration)))
            _ = Task.Run(() => Compile(SectionBinder.Read<SeedOptions>(configuration)));
    }

    // The reading of the seed, a typical query, and changes of the resources that a seed makes. It needs no database.
    private static void Compile(SeedOptions options)
    {
        var context = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres("Host=unused").Options;
        using var db = new MessagingDb(context);
        _ = db.PhoneNumbers.Where(number => number.Number == "").Select(number => number.Sid).ToQueryString();
        var now = DateTimeOffset.UnixEpoch;
        Sid account = Sid.Create(SidPrefix.Account, 1), service = Sid.Create(SidPrefix.MessagingService, 1);
        _ = PhoneNumberValue.TryParse("+14155550100", out var value);
        var number = new PhoneNumber(Sid.Create(SidPrefix.PhoneNumber, 1), account, value!, now);
        db.AddRange(number, new MessagingService(service, account, "", now), new PoolSender(service, number, now));
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.Clear();
        _ = options.Read();
    }
}
