using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>
/// <c>Clock/Due</c> shows all that waits for the clock of an account, and <c>Advance=next</c> moves exactly to the next
/// of it. The carrier takes 10 ms a step.
/// </summary>
public sealed class DueThingsTests(DueThingsTests.Server server) : IClassFixture<DueThingsTests.Server>
{
    private const string Path = ClockApi.Path + "/Due";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Next_goes_from_status_to_status_and_stays_when_nothing_is_due()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var sid = await SendAsync(account);
        var start = await account.Api.Clock.NowAsync();

        Assert.Equal(start + Step, await NextAsync(account));
        await account.Api.Messages.UntilAsync(sid, "sent");
        var due = await DueAsync(account);
        Assert.Equal([(start + (2 * Step), "carrier_report", sid, 1L)], due);
        Assert.Equal(start + (2 * Step), await NextAsync(account));
        Assert.Equal(
            [("queued", start), ("sending", start), ("sent", start + Step), ("delivered", start + (2 * Step))],
            await account.Api.Messages.StatusesAsync(sid));

        Assert.Empty(await DueAsync(account));
        Assert.Equal(start + (2 * Step), await NextAsync(account));
    }

    [Fact]
    public async Task Things_of_one_kind_and_time_are_counted()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var now = await account.Api.Clock.NowAsync();
        var (first, second) = (Whole(now.AddHours(1)), Whole(now.AddHours(2)));
        foreach (var sendAt in (DateTimeOffset[])[second, first, second])
        {
            await account.Api.Messages.SendAsync(
                ("MessagingServiceSid", service), ("To", Handset.NewAddress()), ("Body", "Later"),
                ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(sendAt)));
        }

        var due = await DueAsync(account);

        Assert.Equal([(first, "scheduled_message", 1L), (second, "scheduled_message", 2L)],
            due.Select(entry => (entry.Date, entry.Kind, entry.Count)));
        Assert.Equal(first, await NextAsync(account));
        Assert.Equal(first + Step, await NextAsync(account));
        Assert.Equal(first + (2 * Step), await NextAsync(account));
        Assert.Equal(second, await NextAsync(account));
    }

    [Fact]
    public async Task A_message_that_waits_for_its_sender_or_ends_its_validity_is_due()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var from = await account.Api.Numbers.CreateNewAsync();
        for (var i = 0; i < 3; i++)
        {
            await account.Api.Messages.SendAsync(
                ("From", from), ("To", Handset.NewAddress()), ("Body", "In turn"), ("ValidityPeriod", "2"));
        }

        var start = await account.Api.Clock.NowAsync();
        await account.Api.Clock.ChangeAsync(("Advance", "PT0S"));

        var waiting = (await DueAsync(account)).Where(entry => entry.Kind == "queued_message");

        Assert.Equal([start.AddSeconds(1), start.AddSeconds(2)], waiting.Select(entry => entry.Date));
    }

    [Fact]
    public async Task Registrations_and_approvals_are_due()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var start = await account.Api.Clock.NowAsync();
        var brand = await account.Api.Registrations.CreateBrandAsync(("BrandType", "SOLE_PROPRIETOR"));
        var approved = await account.Api.Registrations.CreateApprovedBrandAsync();
        var vetted = await account.Api.PostAsync(
            RegistrationsApi.VettingsOf(approved), ("VettingProvider", "aegis")).ExpectAsync(201);
        var vetting = vetted["brand_vetting_sid"]!;
        var service = await account.Api.Services.CreateAsync();
        var campaign = (await account.Api.Campaigns.RegisterAsync(
            service, ("BrandRegistrationSid", approved)).ExpectAsync(201))["sid"]!;
        var number = await account.Api.Registrations.CreateTollFreeAsync();
        var verification = (await account.Api.Registrations.VerifyAsync(number.Sid).ExpectAsync(201))["sid"]!;
        var template = (await account.Api.PostJsonAsync(
            "/content/v1/Content", """{"language": "en", "types": {"twilio/text": {"body": "Hi"}}}""")
            .ExpectAsync(201))["sid"]!;
        await account.Api.PostJsonAsync($"/content/v1/Content/{template}/ApprovalRequests/whatsapp",
            """{"name": "order_1", "category": "utility"}""").ExpectAsync(201);

        Assert.Equal(
            [
                (1, "content_approval", template), (5, "content_approval", template), (10, "brand", brand),
                (10, "brand_vetting", vetting), (10, "campaign", campaign),
                (10, "tollfree_verification", verification), (20, "brand", brand), (20, "campaign", campaign),
                (20, "tollfree_verification", verification), (30, "brand_identity", brand),
            ],
            (await DueAsync(account))
                .Select(entry => ((int)(entry.Date - start).TotalSeconds, entry.Kind, entry.Sid!)));
        foreach (var seconds in (int[])[1, 5, 10, 20, 30, 30])
            Assert.Equal(start.AddSeconds(seconds), await NextAsync(account));
        Assert.Equal(("APPROVED", "VERIFIED"), await account.Api.Registrations.StatusOfBrandAsync(brand));

        await account.Api.Registrations.ForceAsync(verification, "TWILIO_REJECTED");
        Assert.Equal([(start.AddSeconds(30).AddDays(7), "tollfree_edit_period", verification, 1L)],
            await DueAsync(account));
    }

    [Fact]
    public async Task What_expires_is_due()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var sender = await account.Api.ChannelSenders.CreateWhatsAppAsync();
        var start = await account.Api.Clock.NowAsync();
        await account.Api.Messages.OpenWindowAsync(Handset.NewAddress(), sender);

        Assert.Equal([(start.AddHours(24), "whatsapp_window", null, 1L)], await DueAsync(account));
        Assert.Equal(start.AddHours(24), await NextAsync(account));
        Assert.Empty(await DueAsync(account));
    }

    [Fact]
    public async Task At_most_100_entries_are_listed_and_none_of_another_account()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var now = await account.Api.Clock.NowAsync();
        foreach (var i in Enumerable.Range(1, 101))
        {
            await account.Api.Messages.SendAsync(
                ("MessagingServiceSid", service), ("To", Handset.NewAddress()), ("Body", "Later"),
                ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(Whole(now.AddHours(i)))));
        }

        var due = await DueAsync(account);

        Assert.Equal(Enumerable.Range(1, 100).Select(i => Whole(now.AddHours(i))), due.Select(entry => entry.Date));
        var other = await TestAccount.CreateAsync(server.Http);
        Assert.Empty(await DueAsync(other));
    }

    [Fact]
    public async Task Next_can_freeze_a_running_clock_at_the_next_thing()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        await account.Api.Clock.ChangeAsync(("Frozen", "false"));
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var sendAt = Whole((await account.Api.Clock.NowAsync()).AddHours(1));
        await account.Api.Messages.SendAsync(
            ("MessagingServiceSid", service), ("To", Handset.NewAddress()), ("Body", "Later"),
            ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(sendAt)));

        Assert.Equal(sendAt, await account.Api.Clock.ChangeAsync(("Advance", "NEXT"), ("Frozen", "true")));
        Assert.Equal(sendAt, await account.Api.Clock.NowAsync());
    }

    private static Task<DateTimeOffset> NextAsync(TestAccount account) =>
        account.Api.Clock.ChangeAsync(("Advance", "next"));

    private static async Task<string> SendAsync(TestAccount account) => await account.Api.Messages.SendAsync(
        ("From", await account.Api.Numbers.CreateNewAsync()), ("To", Handset.NewAddress()), ("Body", "Hello"));

    internal static async Task<IReadOnlyList<(DateTimeOffset Date, string Kind, string? Sid, long Count)>> DueAsync(
        TestAccount account)
    {
        var answer = await account.Api.GetAsync(Path).ExpectAsync(200);
        Assert.Equal(["now", "due"], answer.Body.Names());
        return [.. answer.Body!["due"]!.AsArray().Select(Read)];

        static (DateTimeOffset, string, string?, long) Read(JsonNode? entry)
        {
            Assert.Equal(["date", "kind", "sid", "count"], entry.Names());
            return (ClockApi.Parse(entry!["date"]!.ToString()), entry["kind"]!.ToString(), entry["sid"]?.ToString(),
                (long)entry["count"]!);
        }
    }

    // SendAt has whole seconds.
    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Clock:Frozen", "true"), new("Throughput:Simulate", "true")];
    }
}

/// <summary>Every server shows what waits in the memory of the others.</summary>
[Collection(typeof(PairOfServers))]
public sealed class DueThingsOfOtherServersTests(TwoServers servers)
{
    [Fact]
    public async Task A_report_in_the_memory_of_another_server_is_due()
    {
        var (one, other) = await servers.NewAccountAsync();
        await one.Api.Clock.ChangeAsync(("Frozen", "true"));
        var from = await one.Api.Numbers.CreateNewAsync();
        var sid = await one.Api.Messages.SendAsync(("From", from), ("To", Handset.NewAddress()), ("Body", "Hello"));
        await one.Api.Messages.UntilAsync(sid, "sending");
        var now = await one.Api.Clock.NowAsync();

        foreach (var account in (TestAccount[])[one, other])
        {
            Assert.Equal(
                [(now.AddMilliseconds(10), "carrier_report", sid, 1L)], await DueThingsTests.DueAsync(account));
        }

        Assert.Equal(now.AddMilliseconds(10), await other.Api.Clock.ChangeAsync(("Advance", "next")));
        await other.Api.Messages.UntilAsync(sid, "sent");
    }
}
