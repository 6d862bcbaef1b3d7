using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Seeding;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Seeding;

/// <summary>The seed: what is made, when, and how a wrong file is refused.</summary>
public sealed class SeedTests(PostgresServer server) : IAsyncLifetime
{
    private const string Good = """
        {
          // One number of two stays outside the pool.
          "phone_numbers": [{ "PhoneNumber": "+14155550100", "SmsUrl": "https://example.com/sms" }, { "AreaCode": "604" }],
          "messaging_services": [
            { "FriendlyName": "First", "StickySender": false, "ValidityPeriod": 600, "Usecase": "poll", "senders": ["+1 (415) 555-0100"] },
            { "FriendlyName": "Second", "InboundRequestUrl": "https://example.com/in" },
          ],
        }
        """;

    private static readonly Sid Account = Sid.Parse(MessagingServer.AccountSid);

    private string database = "";

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync();
        await using var db = Open();
        await db.Database.MigrateAsync();
    }

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(database);

    [Fact]
    public async Task The_built_in_seed_makes_a_service_with_numbers_of_three_countries()
    {
        await ApplyAsync(null);

        await using var db = Open();
        var service = await db.MessagingServices.SingleAsync();
        var pool = await db.PoolSenders.Where(sender => sender.MessagingServiceSid == service.Sid).ToListAsync();
        Assert.Equal(("Demo", Account), (service.FriendlyName, service.AccountSid));
        Assert.Superset(new HashSet<string?> { "US", "CA", "GB" }, pool.Select(sender => sender.Country).ToHashSet());
        Assert.Equal(pool.Count, await db.PhoneNumbers.CountAsync());
    }

    [Fact]
    public async Task A_file_makes_what_it_says()
    {
        using var file = new SeedFileOnDisk(Good);
        await ApplyAsync(file.Path);

        await using var db = Open();
        var numbers = await db.PhoneNumbers.OrderBy(number => number.Ordinal).ToListAsync();
        Assert.Equal(["+14155550100", "+16045550100"], numbers.Select(number => number.Number));
        Assert.Equal("https://example.com/sms", numbers[0].SmsUrl);
        var services = await db.MessagingServices.OrderBy(service => service.Ordinal).ToListAsync();
        Assert.Equal([("First", false, 600, true), ("Second", true, 36000, false)],
            services.Select(s => (s.FriendlyName, s.StickySender, s.ValidityPeriod, s.UseInboundWebhookOnNumber)));
        var sender = await db.PoolSenders.SingleAsync();
        Assert.Equal((numbers[0].Sid, services[0].Sid), (sender.Sid, sender.MessagingServiceSid));
    }

    [Fact]
    public async Task Short_codes_and_alphanumeric_senders_join_pools()
    {
        using var file = new SeedFileOnDisk("""
            {
              "short_codes": [
                { "ShortCode": "12345", "IsoCountry": "us" }, { "ShortCode": 12345, "IsoCountry": "CA" }, { "ShortCode": "60777", "IsoCountry": "PL" },
              ],
              "messaging_services": [
                { "FriendlyName": "First", "senders": ["Acme", "12345"] },
                { "FriendlyName": "Second", "senders": ["Acme"] },
              ],
            }
            """);
        await ApplyAsync(file.Path);

        await using var db = Open();
        Assert.Equal([("12345", "US"), ("12345", "CA"), ("60777", "PL")],
            (await db.ShortCodes.Where(code => code.AccountSid == Account).OrderBy(code => code.Ordinal).ToListAsync())
                .Select(code => (code.Code, code.Country)));
        var services = await db.MessagingServices.OrderBy(service => service.Ordinal).Select(service => service.Sid)
            .ToListAsync();
        var pools = await db.PoolSenders.OrderBy(sender => sender.Ordinal).ToListAsync();
        Assert.Equal(
            [(services[0], "Acme", null), (services[0], "12345", "US"), (services[0], "12345", "CA"),
                (services[1], "Acme", (string?)null)],
            pools.Select(sender => (sender.MessagingServiceSid, sender.Address, sender.Country)));
    }

    [Fact]
    public async Task A_database_with_a_short_code_is_in_use()
    {
        await using (var db = Open())
        {
            db.Add(new ShortCode(Sid.Create("SC", 1), Account, "12345", "US", DateTimeOffset.UnixEpoch));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await ApplyAsync(null);

        Assert.Equal(0, await ServicesAsync());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    public async Task None_starts_empty_and_a_later_seed_still_comes(string none)
    {
        await ApplyAsync(none);
        Assert.Equal(0, await ServicesAsync());

        await ApplyAsync(null);
        Assert.Equal(1, await ServicesAsync());
    }

    [Fact]
    public async Task It_is_applied_once_even_after_everything_was_deleted()
    {
        await ApplyAsync(null);
        await ApplyAsync(null);
        Assert.Equal(1, await ServicesAsync());

        await Sql.ScalarAsync(database, "DELETE FROM messaging_services; DELETE FROM phone_numbers;");
        await ApplyAsync(null);
        Assert.Equal(0, await ServicesAsync());
    }

    [Fact]
    public async Task After_a_reset_it_is_applied_again_to_the_configured_account_only()
    {
        await ApplyAsync(null);
        await Sql.ScalarAsync(database, "DELETE FROM messaging_services; DELETE FROM phone_numbers;");

        await New(null).ApplyAgainAsync(Sid.Parse("AC000000000000000000000000000000ee"), default);
        Assert.Equal(0, await ServicesAsync());

        await New(null).ApplyAgainAsync(Sid.Parse(MessagingServer.AccountSid), default);
        Assert.Equal(1, await ServicesAsync());
    }

    [Fact]
    public async Task A_database_in_use_is_left_alone_for_ever()
    {
        await Sql.ScalarAsync(database,
            $"""
             INSERT INTO messaging_services (sid, account_sid, friendly_name, date_created, date_updated,
                 inbound_method, fallback_method, sticky_sender, mms_converter, smart_encoding,
                 scan_message_content, usecase,
                 fallback_to_long_code, area_code_geomatch, validity_period, synchronous_validation,
                 use_inbound_webhook_on_number)
             VALUES ('MG{Guid.NewGuid():N}', 'AC{Guid.NewGuid():N}', 'Mine', now(), now(), 'POST', 'POST',
                 true, true, true, 'inherit', 'poll', true, true, 9, false, true)
             """);
        await ApplyAsync(null);
        Assert.Equal(1, await ServicesAsync());

        await Sql.ScalarAsync(database, "DELETE FROM messaging_services");
        await ApplyAsync(null);
        Assert.Equal(0, await ServicesAsync());
    }

    [Fact]
    public async Task Servers_that_start_at_once_seed_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ApplyAsync(null))));

        Assert.Equal(1, await ServicesAsync());
    }

    [Theory]
    [InlineData("{", "line 1: not JSON")]
    [InlineData("{\n\"phone_numbers\": [,]}", "line 2: not JSON")]
    [InlineData("", "line 1: not JSON")]
    [InlineData("[]", "line 1: an object in braces was expected")]
    [InlineData("null", "line 1: an object in braces was expected")]
    [InlineData("""{"phone_numbers": [], "phone_numbers": []}""", "not JSON")]
    [InlineData("""{"numbers": []}""",
        "numbers: not known; a seed has phone_numbers, short_codes, channel_senders and messaging_services")]
    [InlineData("""{"channel_senders": {}}""", "channel_senders: a list in brackets was expected")]
    [InlineData("""{"channel_senders": [{}]}""", "channel_senders[0]: Validation Error: sender_id is required")]
    [InlineData("""{"channel_senders": [{"sender_id": "+14155550100"}]}""",
        "channel_senders[0]: Validation Error: sender_id must be whatsapp:")]
    [InlineData("""{"channel_senders": [{"sender_id": "rcs:a", "profil": {}}]}""",
        "channel_senders[0].profil: not a create parameter")]
    [InlineData("""{"channel_senders": [{"sender_id": "rcs:a", "profile": {"name": 1}}]}""",
        "channel_senders[0].profile.name: not a create parameter of this resource, or not of its type")]
    [InlineData("""{"channel_senders": [{"sender_id": "rcs:a"}, {"sender_id": "rcs:a"}]}""",
        "channel_senders[1]: The sender rcs:a is registered already")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A", "senders": ["rcs:a"]}]}""",
        "messaging_services[0].senders[0]: \"rcs:a\" is none of the seed's phone_numbers, short_codes or "
        + "channel_senders, and no alphanumeric sender's name")]
    [InlineData("""{"short_codes": {}}""", "short_codes: a list in brackets was expected")]
    [InlineData("""{"short_codes": [{"ShortCode": "12345"}]}""",
        "short_codes[0]: Missing required parameter IsoCountry in the post body")]
    [InlineData("""{"short_codes": [{"ShortCode": 12, "IsoCountry": "US"}]}""",
        "short_codes[0]: ShortCode must be three to eight digits, not '12'")]
    [InlineData("""{"short_codes": [{"ShortCode": "12345", "IsoCountry": "US"}, {"ShortCode": "12345", "IsoCountry": "us"}]}""", "short_codes[1]: 12345 is not available")]
    [InlineData("""{"phone_numbers": {}}""", "phone_numbers: a list in brackets was expected")]
    [InlineData("""{"phone_numbers": ["+14155550100"]}""", "phone_numbers[0]: an object in braces was expected")]
    [InlineData("""{"phone_numbers": [{"phone_number": "+14155550100"}]}""",
        "phone_numbers[0].phone_number: not a create parameter of this resource")]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": ["+14155550100"]}]}""",
        "phone_numbers[0].PhoneNumber: a text, a number, true or false was expected")]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": "a\u0000"}]}""",
        "phone_numbers[0].PhoneNumber: a text without the character 0 was expected")]
    [InlineData("""{"phone_numbers": [{}]}""",
        "phone_numbers[0]: Missing required parameter PhoneNumber or AreaCode in the post body")]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": "+1"}]}""", "phone_numbers[0]: PhoneNumber +1 is invalid")]
    [InlineData("""{"phone_numbers": [{"AreaCode": "604"}, {"AreaCode": 999}]}""",
        "phone_numbers[1]: Invalid area code")]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": "+14155550100"}, {"PhoneNumber": "4155550100"}]}""",
        "phone_numbers[1]: +14155550100 is not available")]
    [InlineData("""{"messaging_services": [{"senders": []}]}""",
        "messaging_services[0]: Missing required parameter FriendlyName in the post body")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A"}, {"FriendlyName": "B", "ValidityPeriod": 0}]}""",
        "messaging_services[1]: Invalid validity period value")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A", "senders": "+14155550100"}]}""",
        "messaging_services[0].senders: a list in brackets was expected")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A", "senders": [14155550100]}]}""",
        "messaging_services[0].senders[0]: an address in quotes was expected")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A", "senders": ["+14155550100"]}]}""",
        "messaging_services[0].senders[0]: \"+14155550100\" is none of the seed's phone_numbers, short_codes or "
        + "channel_senders, and no alphanumeric sender's name")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A", "senders": ["12345"]}]}""",
        "messaging_services[0].senders[0]: \"12345\" is none of the seed's phone_numbers, short_codes or "
        + "channel_senders")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "A", "senders": ["Acme", "Other"]}]}""",
        "messaging_services[0].senders[1]: Number Pool size limit reached")]
    [InlineData("""
        {"phone_numbers": [{"PhoneNumber": "+14155550100"}],
         "messaging_services": [{"FriendlyName": "A", "senders": ["+14155550100"]}, {"FriendlyName": "B", "senders": ["+14155550100"]}]}
        """, "messaging_services[1].senders[0]: Phone Number or Short Code is associated with another Messaging Service")]
    public async Task A_wrong_file_is_refused_by_place_and_reason_and_leaves_nothing(string json, string complaint)
    {
        using var file = new SeedFileOnDisk(json);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => ApplyAsync(file.Path));

        Assert.StartsWith($"Seed:File {file.Path}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Correct the file, or set Seed:File to none to start empty.", refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(0L, await Sql.ScalarAsync(database,
            "SELECT (SELECT count(*) FROM phone_numbers) + (SELECT count(*) FROM short_codes) + (SELECT count(*) "
                + "FROM messaging_services) + (SELECT count(*) FROM seed_applications)"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_not_there_is_refused_by_every_start(bool isSeeded)
    {
        if (isSeeded) await ApplyAsync(file: null);
        var refusal = await Assert.ThrowsAsync<StartupException>(() => ApplyAsync("/no/such/seed.json"));

        Assert.StartsWith("Seed:File is '/no/such/seed.json', which cannot be read (", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_makes_the_same_sids_every_time()
    {
        await ApplyAsync(file: null);

        await using var db = Open();
        Assert.Equal("MG", (await db.MessagingServices.SingleAsync()).Sid.Prefix);
        Assert.Equal(Sid.Create("PN", 1), (await db.PhoneNumbers.OrderBy(number => number.Ordinal).FirstAsync()).Sid);
    }

    private Seed New(string? file)
    {
        EmulatorClock clock = new(TimeProvider.System, new(), new(), new());
        SeedResources resources = new(new(null!, TimeProvider.System), clock, NullLogger<SenderPoolUseCases>.Instance);
        return new(new() { File = file }, new(), new(() => resources), clock, new Databases(Open));
    }

    private async Task ApplyAsync(string? file)
    {
        await using var source = DataSources.Create(database);
        await New(file).ApplyAsync(source, default);
    }

    private async Task<int> ServicesAsync() =>
        (int)(long)(await Sql.ScalarAsync(database, "SELECT count(*) FROM messaging_services"))!;

    private MessagingDb Open() =>
        new(new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database).Options);

    private sealed class Databases(Func<MessagingDb> open) : IDbContextFactory<MessagingDb>
    {
        public MessagingDb CreateDbContext() => open();
    }
}
