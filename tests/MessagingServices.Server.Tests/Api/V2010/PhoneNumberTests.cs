using System.Xml.Linq;
using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Phone numbers: every field, its default, what an update keeps and clears.</summary>
public sealed class PhoneNumberTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Hex = "0123456789abcdef0123456789ABCDEF";

    private static readonly Field[] Table =
    [
        new("ApiVersion", "2008-08-01", "api_version", "\"2008-08-01\""),
        new("FriendlyName", "Zażółć 🚀", "friendly_name", "\"Zażółć 🚀\""),
        new("SmsFallbackMethod", "GET", "sms_fallback_method", "\"GET\""),
        new("SmsFallbackUrl", "https://example.com/sms-fallback", "sms_fallback_url",
            "\"https://example.com/sms-fallback\""),
        new("SmsMethod", "get", "sms_method", "\"GET\""),
        new("SmsUrl", "https://example.com/sms", "sms_url", "\"https://example.com/sms\""),
        new("StatusCallback", "https://example.com/status", "status_callback", "\"https://example.com/status\""),
        new("StatusCallbackMethod", "GET", "status_callback_method", "\"GET\""),
        new("VoiceApplicationSid", "AP" + Hex, "voice_application_sid", $"\"AP{Hex}\""),
        new("VoiceCallerIdLookup", "true", "voice_caller_id_lookup", "true"),
        new("VoiceFallbackMethod", "GET", "voice_fallback_method", "\"GET\""),
        new("VoiceFallbackUrl", "https://example.com/voice-fallback", "voice_fallback_url",
            "\"https://example.com/voice-fallback\""),
        new("VoiceMethod", "GET", "voice_method", "\"GET\""),
        new("VoiceUrl", "https://example.com/voice", "voice_url", "\"https://example.com/voice\""),
        new("EmergencyStatus", "inactive", "emergency_status", "\"Inactive\""),
        new("EmergencyAddressSid", "AD" + Hex, "emergency_address_sid", $"\"AD{Hex}\""),
        new("TrunkSid", "TK" + Hex, "trunk_sid", $"\"TK{Hex}\""),
        new("IdentitySid", "RI" + Hex, "identity_sid", $"\"RI{Hex}\""),
        new("AddressSid", "AD" + Hex, "address_sid", $"\"AD{Hex}\""),
        new("VoiceReceiveMode", "fax", "voice_receive_mode", "\"fax\""),
        new("BundleSid", "BU" + Hex, "bundle_sid", $"\"BU{Hex}\""),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    /// <summary>The field, with what it needs.</summary>
    private static (string, string)[] Sent(Field field) => field.Name == "SmsFallbackUrl"
        ? [(field.Name, field.Sent), ("SmsUrl", "https://example.com/sms")] : [(field.Name, field.Sent)];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(
            typeof(CreatePhoneNumberForm), Table, "PhoneNumber", "AreaCode", "SmsApplicationSid");
        Field.AssertCovers(typeof(CreateTypedPhoneNumberForm), Table, "PhoneNumber", "SmsApplicationSid");
        Field.AssertCovers(typeof(UpdatePhoneNumberForm), Table, "AccountSid", "SmsApplicationSid");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_on_creation_and_on_update(Field field)
    {
        var created = await server.PostAsync(NumbersApi.Path, [("PhoneNumber", NumbersApi.New()), .. Sent(field)])
            .ExpectAsync(201);
        field.AssertShownIn(created);
        field.AssertShownIn(await server.GetAsync($"{NumbersApi.Root}/{created["sid"]}.json").ExpectAsync(200));
        field.AssertShownIn(await server.PostAsync($"{NumbersApi.Root}/Local.json",
            [("PhoneNumber", NumbersApi.New()), .. Sent(field)]).ExpectAsync(201));

        var plain = await server.Api.Numbers.CreateAsync();
        field.AssertShownIn(await server.PostAsync($"{NumbersApi.Root}/{plain}.json", Sent(field)).ExpectAsync(200));
        field.AssertShownIn(await server.GetAsync($"{NumbersApi.Root}/{plain}.json").ExpectAsync(200));
    }

    [Fact]
    public async Task A_new_number_has_twilios_members_and_defaults()
    {
        var number = await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+14155551234")).ExpectAsync(201);

        var sid = number["sid"];
        Assert.Matches("^PN[0-9a-f]{32}$", sid);
        Assert.Matches(@"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$", number["date_created"]);
        Assert.Equal(number["date_created"], number["date_updated"]);
        var defaults = new Dictionary<string, string>
        {
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["address_requirements"] = "\"none\"",
            ["address_sid"] = "null",
            ["api_version"] = "\"2010-04-01\"",
            ["beta"] = "false",
            ["bundle_sid"] = "null",
            ["capabilities"] = """{"voice":true,"sms":true,"mms":true}""",
            ["date_created"] = $"\"{number["date_created"]}\"",
            ["date_updated"] = $"\"{number["date_updated"]}\"",
            ["emergency_address_sid"] = "null",
            ["emergency_address_status"] = "\"unregistered\"",
            ["emergency_status"] = "\"Active\"",
            ["friendly_name"] = "\"(415) 555-1234\"",
            ["identity_sid"] = "null",
            ["origin"] = "\"twilio\"",
            ["phone_number"] = "\"+14155551234\"",
            ["sid"] = $"\"{sid}\"",
            ["sms_application_sid"] = "\"\"",
            ["sms_fallback_method"] = "\"POST\"",
            ["sms_fallback_url"] = "\"\"",
            ["sms_method"] = "\"POST\"",
            ["sms_url"] = "\"\"",
            ["status"] = "\"in-use\"",
            ["status_callback"] = "\"\"",
            ["status_callback_method"] = "\"POST\"",
            ["subresource_uris"] =
                $$"""{"assigned_add_ons":"{{NumbersApi.Root}}/{{sid}}/AssignedAddOns.json"}""",
            ["trunk_sid"] = "null",
            ["type"] = "\"local\"",
            ["uri"] = $"\"{NumbersApi.Root}/{sid}.json\"",
            ["voice_application_sid"] = "\"\"",
            ["voice_caller_id_lookup"] = "false",
            ["voice_fallback_method"] = "\"POST\"",
            ["voice_fallback_url"] = "\"\"",
            ["voice_method"] = "\"POST\"",
            ["voice_receive_mode"] = "\"voice\"",
            ["voice_url"] = "\"\"",
        };
        Assert.Equal(defaults.Keys, number.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(defaults, member => Field.AssertMember(number, member.Key, member.Value));
        Assert.Equal(number.Text, (await server.GetAsync(number["uri"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task An_update_keeps_what_is_absent()
    {
        // A trunk and a voice application exclude each other.
        var table = Table.Where(field => field.Name != "VoiceApplicationSid").ToList();
        var created = await server.PostAsync(NumbersApi.Path,
            [("PhoneNumber", NumbersApi.New()), .. table.Select(field => (field.Name, field.Sent))]).ExpectAsync(201);

        var updated = await server.PostAsync($"{NumbersApi.Root}/{created["sid"]}.json",
            ("AccountSid", MessagingServer.AccountSid)).ExpectAsync(200);

        foreach (var field in table) field.AssertShownIn(updated);
        Assert.Equal("registered", updated["emergency_address_status"]);
    }

    [Theory]
    [InlineData("SmsFallbackUrl", "\"\"")]
    [InlineData("SmsUrl", "\"\"")]
    [InlineData("SmsMethod", "\"POST\"")]
    [InlineData("StatusCallback", "\"\"")]
    [InlineData("VoiceApplicationSid", "\"\"")]
    [InlineData("VoiceFallbackUrl", "\"\"")]
    [InlineData("VoiceUrl", "\"\"")]
    [InlineData("EmergencyAddressSid", "null")]
    [InlineData("TrunkSid", "null")]
    [InlineData("IdentitySid", "null")]
    [InlineData("AddressSid", "null")]
    [InlineData("BundleSid", "null")]
    [InlineData("FriendlyName", "\"(647) 555-0199\"")]
    public async Task An_update_clears_what_is_empty(string name, string expected)
    {
        var field = Table.Single(row => row.Name == name);
        var created = await server.PostAsync(NumbersApi.Path,
            [("PhoneNumber", "+16475550199"), .. Sent(field)]).ExpectAsync(201);

        var updated = await server.PostAsync($"{NumbersApi.Root}/{created["sid"]}.json", (name, "")).ExpectAsync(200);

        await server.DeleteAsync($"{NumbersApi.Root}/{created["sid"]}.json").ExpectAsync(204);
        Field.AssertMember(updated, field.Member, expected);
    }

    [Fact]
    public async Task A_trunk_and_a_voice_application_exclude_each_other()
    {
        var sid = await server.Api.Numbers.CreateAsync();

        await server.PostAsync($"{NumbersApi.Root}/{sid}.json", ("VoiceApplicationSid", "AP" + Hex)).ExpectAsync(200);
        var trunk = await server.PostAsync($"{NumbersApi.Root}/{sid}.json", ("TrunkSid", "TK" + Hex)).ExpectAsync(200);
        Assert.Equal(("", "TK" + Hex), (trunk["voice_application_sid"], trunk["trunk_sid"]));

        var application = await server.PostAsync($"{NumbersApi.Root}/{sid}.json",
            ("VoiceApplicationSid", "AP" + Hex)).ExpectAsync(200);
        Assert.Equal(("AP" + Hex, null), (application["voice_application_sid"], application["trunk_sid"]));
    }

    [Fact]
    public async Task A_released_number_is_gone_and_can_be_had_again()
    {
        var number = NumbersApi.New();
        var sid = await server.Api.Numbers.CreateAsync(number);

        Assert.Equal("", (await server.DeleteAsync($"{NumbersApi.Root}/{sid}.json").ExpectAsync(204)).Text);

        var gone = await server.GetAsync($"{NumbersApi.Root}/{sid}.json").ExpectErrorAsync(404, 20404);
        Assert.Equal($"The requested resource {NumbersApi.Root}/{sid}.json was not found", gone["message"]);
        Assert.NotEqual(sid, await server.Api.Numbers.CreateAsync(number));
    }

    [Fact]
    public async Task The_url_of_messages_stays_as_long_as_there_is_a_fallback_url()
    {
        var path = $"{NumbersApi.Root}/{await server.Api.Numbers.CreateAsync()}.json";
        var before = await server.PostAsync(path, ("SmsUrl", "https://example.com/sms"),
            ("SmsFallbackUrl", "https://example.com/fallback")).ExpectAsync(200);

        await server.PostAsync(path, ("SmsUrl", "")).ExpectErrorAsync(400, 21406);
        Assert.Equal(before.Text, (await server.GetAsync(path).ExpectAsync(200)).Text);
        await server.PostAsync(path, ("SmsUrl", ""), ("SmsFallbackUrl", "")).ExpectAsync(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".xml")]
    public async Task Without_json_in_the_path_the_answer_is_xml(string suffix)
    {
        var sid = await server.Api.Numbers.CreateAsync();

        var one = XDocument.Parse((await server.GetAsync($"{NumbersApi.Root}/{sid}{suffix}").ExpectAsync(200)).Text)
            .Root!.Element("IncomingPhoneNumber")!;
        var all = XDocument.Parse((await server.GetAsync($"{NumbersApi.Root}{suffix}").ExpectAsync(200)).Text)
            .Root!.Element("IncomingPhoneNumbers")!;

        Assert.Equal((sid, "true"), (one.Element("Sid")!.Value, one.Element("Capabilities")!.Element("Sms")!.Value));
        Assert.Equal(sid, all.Elements("IncomingPhoneNumber").First().Element("Sid")!.Value);
    }
}
