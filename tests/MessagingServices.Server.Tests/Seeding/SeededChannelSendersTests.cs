using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Seeding;

/// <summary>WhatsApp and RCS senders of a seed.</summary>
public sealed class SeededChannelSendersTests(
    SeededChannelSendersTests.Seeded server) : IClassFixture<SeededChannelSendersTests.Seeded>
{
    [Fact]
    public async Task They_are_made_with_what_they_say_and_join_the_pools_that_name_them()
    {
        var rcs = Assert.Single((await server.GetAsync($"{ChannelSendersApi.Path}?Channel=rcs").ExpectAsync(200))
            .Body!["senders"]!.AsArray())!;
        var whatsapp =
            Assert.Single((await server.GetAsync($"{ChannelSendersApi.Path}?Channel=whatsapp").ExpectAsync(200))
                .Body!["senders"]!.AsArray())!;
        Assert.Equal((Sid.Create("XE", 2).Value, "rcs:brand_agent"),
            (rcs["sid"]!.ToString(), rcs["sender_id"]!.ToString()));
        Assert.Equal(("Brand", "https://example.com/in", "1"),
            (rcs["profile"]!["name"]!.ToString(), rcs["webhook"]!["callback_url"]!.ToString(),
                whatsapp["configuration"]!["waba_id"]!.ToString()));

        var service = (await server.GetAsync(ServicesApi.Path).ExpectAsync(200))
            .Body!["services"]![0]!["sid"]!.ToString();
        var pool = (await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders").ExpectAsync(200))
            .Body!["senders"]!.AsArray();
        Assert.Equal(["whatsapp:+14155550101", "rcs:brand_agent"],
            pool.Select(sender => sender!["sender"]!.ToString()));
        Assert.Single((await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers").ExpectAsync(200))
            .Body!["phone_numbers"]!.AsArray());
    }

    public sealed class Seeded(PostgresServer postgres) : MessagingServer(postgres)
    {
        private readonly string file = Path.GetTempFileName();

        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Seed:File", file)];

        public override async ValueTask InitializeAsync()
        {
            await File.WriteAllTextAsync(file,
                """
                {
                  "phone_numbers": [{ "PhoneNumber": "+14155550100" }],
                  "channel_senders": [
                    { "sender_id": "rcs:brand_agent", "profile": { "name": "Brand" }, "webhook": { "callback_url": "https://example.com/in" } },
                    { "sender_id": "whatsapp:+14155550101", "configuration": { "waba_id": "1" } },
                  ],
                  "messaging_services": [{ "FriendlyName": "All", "senders": ["rcs:brand_agent", "+14155550100", "whatsapp:+1 415 555 0101"] }]
                }
                """);
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            File.Delete(file);
        }
    }
}
