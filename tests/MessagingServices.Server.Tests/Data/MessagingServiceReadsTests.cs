using System.Reflection;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Data;

/// <summary>What is cached of a Messaging Service is all that EF Core would read of it.</summary>
public sealed class MessagingServiceReadsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);
    private static readonly Sid Plain = Sid.Create(SidPrefix.MessagingService, 1);
    private static readonly Sid Changed = Sid.Create(SidPrefix.MessagingService, 2);

    [Fact]
    public async Task Every_property_is_read()
    {
        await using MessagingDb db = new(new DbContextOptionsBuilder<MessagingDb>()
            .UseMessagingPostgres(database.ConnectionString).Options);
        db.AddRange(
            new MessagingService(Plain, Account, "Plain", DateTimeOffset.UnixEpoch), Different());
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        await using var source = DataSources.Create(database.ConnectionString);

        var read = await source.ReadMessagingServicesAsync([Plain, Changed], [Account]);

        Assert.Empty(await source.ReadMessagingServicesAsync([Plain], [Sid.Create(SidPrefix.Account, 2)]));
        foreach (var stored in await db.MessagingServices.ToListAsync())
            Assert.Equal(ValuesOf(stored), ValuesOf(read.Single(service => service.Sid == stored.Sid)));
        // Otherwise a property that is not read would not be noticed.
        var plain = ValuesOf(read.Single(service => service.Sid == Plain));
        var changed = ValuesOf(read.Single(service => service.Sid == Changed));
        Assert.Equal(
            [nameof(MessagingService.AccountSid)],
            plain.Where(value => Equals(value.Value, changed[value.Key])).Select(value => value.Key));
    }

    private static MessagingService Different()
    {
        MessagingService service = new(Changed, Account, "Changed", DateTimeOffset.UnixEpoch.AddDays(1))
        {
            DateUpdated = DateTimeOffset.UnixEpoch.AddDays(2),
            InboundRequestUrl = "https://example.com/in",
            InboundMethod = "GET",
            FallbackUrl = "https://example.com/fallback",
            FallbackMethod = "GET",
            StatusCallback = "https://example.com/status",
            StickySender = false,
            MmsConverter = false,
            SmartEncoding = false,
            ScanMessageContent = ScanMessageContent.Disable,
            FallbackToLongCode = false,
            AreaCodeGeomatch = false,
            ValidityPeriod = 7,
            SynchronousValidation = true,
            Usecase = Usecase.Poll,
            UseInboundWebhookOnNumber = false,
        };
        service.HandleInbound(InboundHandling.Conversation);
        return service;
    }

    // The order in lists is not read.
    private static Dictionary<string, object?> ValuesOf(MessagingService service) => typeof(MessagingService)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.Name != nameof(MessagingService.Ordinal))
        .ToDictionary(property => property.Name, property => property.GetValue(service));
}
