using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Applications, and what phone numbers and messages have from them.</summary>
public sealed class ApplicationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Root = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Applications";

    private static readonly (string Name, string Value)[] All =
    [
        ("FriendlyName", "App"), ("ApiVersion", "2008-08-01"), ("SmsUrl", "https://a.test/sms"), ("SmsMethod", "GET"),
        ("SmsFallbackUrl", "https://a.test/fallback"), ("SmsFallbackMethod", "GET"),
        ("SmsStatusCallback", "https://a.test/old"), ("MessageStatusCallback", "https://a.test/status"),
        ("StatusCallback", "https://a.test/calls"), ("StatusCallbackMethod", "GET"),
        ("VoiceUrl", "https://a.test/voice"), ("VoiceMethod", "GET"), ("VoiceFallbackUrl", "https://a.test/voice2"),
        ("VoiceFallbackMethod", "GET"), ("VoiceCallerIdLookup", "true"), ("PublicApplicationConnectEnabled", "true"),
    ];

    private static readonly (string Name, string Value)[] NoFields = [];

    [Fact]
    public void Every_parameter_is_tried_here() =>
        Field.AssertCovers(typeof(CreateApplicationForm), [], [.. All.Select(field => field.Name)]);

    [Fact]
    public async Task An_application_is_created_changed_listed_and_deleted()
    {
        var created = await server.PostAsync($"{Root}.json", All).ExpectAsync(201);
        var path = $"{Root}/{created["sid"]}.json";

        foreach (var (name, value) in All)
            Assert.Equal(value, created[System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name)]);
        Assert.Equal(path, created["uri"]);
        Assert.Equal(created.Text, (await server.GetAsync(path)).Text);
        var changed = await server.PostAsync(path, ("FriendlyName", "Renamed"), ("SmsUrl", ""), ("SmsMethod", ""));
        Assert.Equal(("Renamed", null, "POST", "https://a.test/status"),
            (changed["friendly_name"], changed["sms_url"], changed["sms_method"], changed["message_status_callback"]));
        var listed = await server.GetAsync($"{Root}.json?FriendlyName=Renamed").ExpectAsync(200);
        Assert.Equal(created["sid"], listed.Body!["applications"]!.AsArray().Single()!["sid"]!.ToString());
        await server.DeleteAsync(path).ExpectAsync(204);
        await server.GetAsync(path).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(path).ExpectErrorAsync(404, 20404);
    }

    [Theory]
    [InlineData("SmsUrl", "nowhere", 21402)]
    [InlineData("SmsMethod", "PUT", 21403)]
    [InlineData("VoiceCallerIdLookup", "perhaps", 20001)]
    [InlineData("ApiVersion", "2011-01-01", 20001)]
    public async Task Wrong_settings_are_refused(string name, string value, int code) =>
        await server.PostAsync($"{Root}.json", (name, value)).ExpectErrorAsync(400, code);

    [Fact]
    public async Task The_application_of_a_number_gets_its_inbound_messages()
    {
        await using var app = await InboundApp.StartAsync();
        var sid = await server.Api.CreateAsync($"{Root}.json",
            ("SmsUrl", app.AnswerStatus("/app", 500)), ("SmsFallbackUrl", $"{app.Url}/fallback"));
        var number = await server.Api.Numbers.CreateNewAsync(
            ("SmsUrl", $"{app.Url}/number"), ("SmsApplicationSid", sid));

        await server.Api.Messages.OpenWindowAsync("+14155550199", number);

        var request = Assert.Single(await app.UntilAsync("/fallback"));
        Assert.Equal(("11200", $"{app.Url}/app"), (request["ErrorCode"], request["ErrorUrl"]));
        Assert.Empty(app.At("/number"));
    }

    [Fact]
    public async Task A_deleted_application_leaves_its_numbers()
    {
        await using var app = await InboundApp.StartAsync();
        var sid = await server.Api.CreateAsync($"{Root}.json", ("SmsUrl", $"{app.Url}/app"));
        var number = NumbersApi.New();
        var created = await server.PostAsync(NumbersApi.Path, ("PhoneNumber", number),
            ("SmsUrl", $"{app.Url}/number"), ("SmsApplicationSid", sid), ("VoiceApplicationSid", sid)).ExpectAsync(201);

        await server.DeleteAsync($"{Root}/{sid}.json").ExpectAsync(204);

        var kept = await server.GetAsync($"{NumbersApi.Root}/{created["sid"]}.json");
        Assert.Equal((sid, "", ""), (created["sms_application_sid"], kept["sms_application_sid"],
            kept["voice_application_sid"]));
        await server.Api.Messages.OpenWindowAsync("+14155550199", number);
        await app.UntilAsync("/number");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_number_keeps_an_application_that_is_deleted_meanwhile(bool provisions)
    {
        var application = await server.Api.CreateAsync($"{Root}.json");
        var path = provisions ? NumbersApi.Path : $"{NumbersApi.Root}/{await server.Api.Numbers.CreateAsync()}.json";
        (string, string)[] form =
            [("SmsApplicationSid", application), .. provisions ? [("PhoneNumber", NumbersApi.New())] : NoFields];

        await using var slow = await TableLock.OfAsync(server.ConnectionString, "phone_numbers", "SHARE");
        var writing = server.PostAsync(path, form);
        await slow.UntilAWriterWaitsAsync("phone_numbers");
        var free = await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT sid FROM applications WHERE sid = '{application}' FOR UPDATE SKIP LOCKED");
        var deleting = server.DeleteAsync($"{Root}/{application}.json");
        await slow.ReleaseAsync();
        var written = await writing.ExpectAsync(provisions ? 201 : 200);
        await deleting.ExpectAsync(204);

        Assert.Null(free);
        Assert.Equal(application, written["sms_application_sid"]);
        Assert.Equal("", (await server.GetAsync($"{NumbersApi.Root}/{written["sid"]}.json"))["sms_application_sid"]);
    }

    [Theory]
    [InlineData("MessageStatusCallback")]
    [InlineData("SmsStatusCallback")]
    public async Task The_application_of_a_message_gets_its_status_callbacks(string setting)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var sid = await server.Api.CreateAsync($"{Root}.json", (setting, receiver.Url));
        var number = await server.Api.Numbers.CreateNewAsync();

        var message = await server.Api.Messages.SendAsync(
            ("From", number), ("To", "+14155550198"), ("Body", "a"), ("ApplicationSid", sid));

        await receiver.UntilAsync(received => received.Any(callback => callback.Status == "delivered"));
        Assert.All(receiver.Received, callback => Assert.Equal(message, callback.MessageSid));
    }

    [Fact]
    public async Task Unknown_and_foreign_applications_are_refused()
    {
        using var other = await server.OtherAccountAsync();
        var foreign = (await other.Api.PostAsync(Root.Replace(
            MessagingServer.AccountSid, OtherAccount.SidOf(other), StringComparison.Ordinal) + ".json")
            .ExpectAsync(201))["sid"]!;
        var number = await server.Api.Numbers.CreateNewAsync();

        await server.GetAsync($"{Root}/{foreign}.json").ExpectErrorAsync(404, 20404);
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", NumbersApi.New()), ("SmsApplicationSid", foreign))
            .ExpectErrorAsync(400, 21420);
        await server.PostAsync(MessagesApi.Path,
            ("From", number), ("To", "+14155550198"), ("Body", "a"), ("ApplicationSid", foreign))
            .ExpectErrorAsync(400, 21218);
    }
}
