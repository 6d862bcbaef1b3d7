using MessagingServices.Domain;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Services;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Messaging Services put into a server's database.</summary>
public static class Pools
{
    /// <summary>Makes a Messaging Service of the account with a pool of these numbers; its SID.</summary>
    public static async Task<string> AddServiceAsync(string connectionString, params string[] numbers)
    {
        var sids = new SidSource();
        var account = Sid.Parse(MessagingServer.AccountSid);
        var now = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var db = new MessagingDb(
            new DbContextOptionsBuilder<MessagingDb>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options);
        var service = db.Add(new MessagingService(sids.New(SidPrefix.MessagingService), account, "Test", now)).Entity;
        foreach (var text in numbers)
        {
            Assert.True(PhoneNumberValue.TryParse(text, out var value));
            var number = db.Add(new PhoneNumber(sids.New(SidPrefix.PhoneNumber), account, value, now)).Entity;
            db.Add(new PoolSender(service.Sid, number, now));
        }

        await db.SaveChangesAsync();
        return service.Sid.Value;
    }

    /// <summary>Makes another account.</summary>
    public static Task AddAccountAsync(string connectionString, string sid, string token) => Sql.ScalarAsync(connectionString,
        $"INSERT INTO accounts (sid, auth_token, friendly_name, date_created) VALUES ('{sid}', '{token}', 'Other', now())");
}
