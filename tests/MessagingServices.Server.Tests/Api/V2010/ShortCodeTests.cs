using System.Xml.Linq;
using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Short codes: every field, its default, what an update keeps, clears and refuses.</summary>
public sealed class ShortCodeTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Unknown = "SC00000000000000000000000000000000";

    private static readonly Field[] Table =
    [
        new("FriendlyName", "Zażółć 🚀", "friendly_name", "\"Zażółć 🚀\""),
        new("ApiVersion", "2008-08-01", "api_version", "\"2008-08-01\""),
        new("SmsUrl", "https://example.com/sms", "sms_url", "\"https://example.com/sms\""),
        new("SmsMethod", "get", "sms_method", "\"GET\""),
        new("SmsFallbackUrl", "https://example.com/fallback", "sms_fallback_url", "\"https://example.com/fallback\""),
        new("SmsFallbackMethod", "GET", "sms_fallback_method", "\"GET\""),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    /// <summary>The field, with what it needs.</summary>
    private static (string, string)[] Sent(Field field) => field.Name == "SmsFallbackUrl"
        ? [(field.Name, field.Sent), ("SmsUrl", "https://example.com/sms")] : [(field.Name, field.Sent)];

    [Fact]
    public void Every_parameter_is_in_the_table() => Field.AssertCovers(
        typeof(UpdateShortCodeForm), Table, "SmsApplicationSid");

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken(Field field)
    {
        var sid = await server.Api.ShortCodes.CreateAsync();

        field.AssertShownIn(await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json",
            Sent(field)).ExpectAsync(200));

        field.AssertShownIn(await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200));
    }

    [Fact]
    public async Task It_has_twilios_members_and_defaults()
    {
        var code = ShortCodesApi.New();
        var sid = await server.Api.ShortCodes.CreateAsync(code);

        var shown = await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200);

        Assert.Matches(@"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$", shown["date_created"]);
        var defaults = new Dictionary<string, string>
        {
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["api_version"] = "\"2010-04-01\"",
            ["date_created"] = $"\"{shown["date_created"]}\"",
            ["date_updated"] = $"\"{shown["date_created"]}\"",
            ["friendly_name"] = $"\"{code}\"",
            ["short_code"] = $"\"{code}\"",
            ["sid"] = $"\"{sid}\"",
            ["sms_fallback_method"] = "\"POST\"",
            ["sms_fallback_url"] = "null",
            ["sms_method"] = "\"POST\"",
            ["sms_url"] = "null",
            ["uri"] = $"\"{ShortCodesApi.Root}/{sid}.json\"",
        };
        Assert.Equal(defaults.Keys, shown.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(defaults, member => Field.AssertMember(shown, member.Key, member.Value));
    }

    [Fact]
    public async Task An_update_keeps_what_is_absent()
    {
        var sid = await server.Api.ShortCodes.CreateAsync();
        await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json",
            [.. Table.Select(field => (field.Name, field.Sent))]).ExpectAsync(200);

        foreach (var changed in Table)
        {
            var updated = await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json",
                (changed.Name, changed.Sent)).ExpectAsync(200);
            foreach (var field in Table) field.AssertShownIn(updated);
        }
    }

    [Theory]
    [InlineData("SmsUrl", "null")]
    [InlineData("SmsFallbackUrl", "null")]
    [InlineData("SmsMethod", "\"POST\"")]
    [InlineData("SmsFallbackMethod", "\"POST\"")]
    [InlineData("FriendlyName", "\"6475\"")]
    public async Task An_update_clears_what_is_empty(string name, string expected)
    {
        // A country for each row: the code is taken once in each.
        var sid = await server.Api.ShortCodes.CreateAsync("6475",
            name switch { "SmsUrl" => "US", "SmsFallbackUrl" => "CA", "SmsMethod" => "GB", "SmsFallbackMethod" => "FR",
                _ => "PL" });
        var field = Table.Single(row => row.Name == name);
        await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json", Sent(field)).ExpectAsync(200);

        Field.AssertMember(await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json", (name, "")).ExpectAsync(200),
            field.Member, expected);
    }

    [Theory]
    [InlineData("FriendlyName", null, 20002)]
    [InlineData("ApiVersion", "2011-01-01", 20001)]
    [InlineData("SmsUrl", "nowhere", 21402)]
    [InlineData("SmsMethod", "PUT", 21403)]
    [InlineData("SmsFallbackUrl", "ftp://example.com", 21402)]
    [InlineData("SmsFallbackMethod", "HEAD", 21403)]
    [InlineData("SmsApplicationSid", "AP00000000000000000000000000000000", 21420)]
    [InlineData("SmsApplicationSid", "AP1", 21420)]
    public async Task A_bad_value_is_refused_and_changes_nothing(string name, string? value, int code)
    {
        var sid = await server.Api.ShortCodes.CreateAsync();
        var before = (await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200)).Text;
        var good = Table.First(field => field.Name != name);

        await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json", (good.Name, good.Sent),
            (name, value ?? new('x', 65))).ExpectErrorAsync(400, code);

        Assert.Equal(before, (await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task An_application_must_be_the_accounts_and_has_no_effect()
    {
        using var other = await server.OtherAccountAsync();
        var theirs = await other.Api.CreateAsync(
            $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/Applications.json", ("FriendlyName", "Theirs"));
        var own = await server.Api.CreateAsync(
            $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Applications.json", ("FriendlyName", "Own"));
        var path = $"{ShortCodesApi.Root}/{await server.Api.ShortCodes.CreateAsync()}.json";
        var before = (await server.GetAsync(path).ExpectAsync(200)).Body.Names();

        await server.PostAsync(path, ("SmsApplicationSid", theirs)).ExpectErrorAsync(400, 21420);
        var changed = await server.PostAsync(path, ("SmsApplicationSid", own)).ExpectAsync(200);

        Assert.Equal(before, changed.Body.Names());
    }

    [Fact]
    public async Task A_name_has_up_to_64_characters() => Assert.Equal(new('x', 64),
        (await server.PostAsync($"{ShortCodesApi.Root}/{await server.Api.ShortCodes.CreateAsync()}.json",
            ("FriendlyName", new('x', 64))).ExpectAsync(200))["friendly_name"]);

    [Theory]
    [InlineData(Unknown)]
    [InlineData("SCxyz")]
    [InlineData("MG00000000000000000000000000000000")]
    public async Task An_unknown_or_malformed_sid_is_404(string sid)
    {
        foreach (var pending in new[] { server.GetAsync($"{ShortCodesApi.Root}/{sid}.json"),
            server.PostAsync($"{ShortCodesApi.Root}/{sid}.json", ("FriendlyName", "x")) })
            Assert.Equal($"The requested resource {ShortCodesApi.Root}/{sid}.json was not found",
                (await pending.ExpectErrorAsync(404, 20404))["message"]);
    }

    [Fact]
    public async Task They_can_neither_be_created_nor_deleted()
    {
        var sid = await server.Api.ShortCodes.CreateAsync();

        await server.PostAsync($"{ShortCodesApi.Root}.json", ("ShortCode", "12345")).ExpectErrorAsync(405, 20004);
        await server.DeleteAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectErrorAsync(405, 20004);
        await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200);
    }

    [Fact]
    public async Task Another_accounts_short_code_does_not_exist()
    {
        using var other = await server.OtherAccountAsync();
        var theirs = $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/SMS/ShortCodes";
        var sid = await server.Api.ShortCodes.CreateAsync();
        var before = (await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200)).Text;

        await other.Api.RequestAsync(HttpMethod.Get, $"{theirs}/{sid}.json").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{theirs}/{sid}.json",
            ("FriendlyName", "x")).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{ShortCodesApi.Root}/{sid}.json").ExpectErrorAsync(401, 20003);
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            $"{theirs}.json").ExpectAsync(200)).Body!["short_codes"]!.AsArray());
        Assert.Equal(before, (await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task The_url_of_messages_stays_as_long_as_there_is_a_fallback_url()
    {
        var path = $"{ShortCodesApi.Root}/{await server.Api.ShortCodes.CreateAsync("6476")}.json";
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
        var sid = await server.Api.ShortCodes.CreateAsync();

        var one = XDocument.Parse((await server.GetAsync($"{ShortCodesApi.Root}/{sid}{suffix}").ExpectAsync(200)).Text)
            .Root!.Element("ShortCode")!;
        var all = XDocument.Parse((await server.GetAsync($"{ShortCodesApi.Root}{suffix}").ExpectAsync(200)).Text)
            .Root!.Element("ShortCodes")!;

        Assert.Equal((sid, $"{ShortCodesApi.Root}/{sid}", ""),
            (one.Element("Sid")!.Value, one.Element("Uri")!.Value, one.Element("SmsUrl")!.Value));
        Assert.Equal(sid, all.Elements("ShortCode").First().Element("Sid")!.Value);
    }
}
