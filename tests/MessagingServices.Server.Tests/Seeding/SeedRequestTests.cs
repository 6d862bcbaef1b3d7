using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Seeding;

/// <summary>A request fills its account with what it does not have yet.</summary>
public sealed class SeedRequestTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Path = "/emulator/v1/Seed";

    private const string Seed =
        """
        {
          "phone_numbers": [{"PhoneNumber": "+14155550160", "FriendlyName": "One"}, {"PhoneNumber": "+14155550161"}],
          "short_codes": [{"ShortCode": "55502", "IsoCountry": "US"}],
          "channel_senders": [{"sender_id": "whatsapp:+14155550160"}],
          "messaging_services": [
            {"FriendlyName": "Alerts", "senders": ["+14155550160", "55502", "whatsapp:+14155550160", "Acme"]}
          ]
        }
        """;

    [Fact]
    public async Task It_makes_the_resources_and_answers_with_them()
    {
        using var account = await NewAsync();

        var made = (await account.Api.PostJsonAsync(Path, Seed).ExpectAsync(201)).Body!;

        Assert.Equal(["+14155550160", "+14155550161"], Values(made, "phone_numbers", "phone_number"));
        Assert.Equal(["55502"], Values(made, "short_codes", "short_code"));
        Assert.Equal(["whatsapp:+14155550160"], Values(made, "channel_senders", "sender_id"));
        Assert.Equal(["Alerts"], Values(made, "messaging_services", "friendly_name"));
        Assert.Equal(4, made["messaging_services"]![0]!["senders"]!.AsArray().Count);
        var service = made["messaging_services"]![0]!["sid"]!;
        var pool = await account.Api.GetAsync($"/v1/Services/{service}/PhoneNumbers").ExpectAsync(200);
        Assert.Single(pool.Body!["phone_numbers"]!.AsArray());
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM phone_numbers WHERE account_sid = '{MessagingServer.AccountSid}'"));
    }

    [Fact]
    public async Task What_is_there_already_is_kept_as_it_is()
    {
        using var account = await NewAsync();
        await account.Api.PostJsonAsync(Path, Seed).ExpectAsync(201);

        var made = (await account.Api.PostJsonAsync(Path,
            """
            {
              "phone_numbers": [
                {"PhoneNumber": "+14155550160", "FriendlyName": "Two"}, {"PhoneNumber": "+14155550162"}
              ],
              "short_codes": [{"ShortCode": "55502", "IsoCountry": "US"}, {"ShortCode": "55502", "IsoCountry": "CA"}],
              "channel_senders": [{"sender_id": "whatsapp:+14155550160"}],
              "messaging_services": [
                {"FriendlyName": "Alerts", "senders": ["+14155550162"]},
                {"FriendlyName": "More", "senders": ["+14155550161"]}
              ]
            }
            """).ExpectAsync(201)).Body!;

        Assert.Equal(["+14155550162"], Values(made, "phone_numbers", "phone_number"));
        Assert.Single(made["short_codes"]!.AsArray());
        Assert.Empty(made["channel_senders"]!.AsArray());
        Assert.Equal(["More"], Values(made, "messaging_services", "friendly_name"));
        Assert.Equal("One", await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT friendly_name FROM phone_numbers WHERE account_sid = '{account.Sid}' "
                + "AND number = '+14155550160'"));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM pool_senders WHERE account_sid = '{account.Sid}' AND address = '+14155550162'"));
    }

    [Theory]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": "+14155550163"}, {"PhoneNumber": "x"}]}""", "phone_numbers[1]")]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": "+14155550163"}, {"PhoneNumber": "+14155550163"}]}""",
        "phone_numbers[1]")]
    [InlineData("""
        {"phone_numbers": [{"PhoneNumber": "+14155550163"}],
        "messaging_services": [{"FriendlyName": "S", "senders": ["+14155550999"]}]}
        """, "messaging_services[0].senders[0]")]
    [InlineData("""
        {"phone_numbers": [{"PhoneNumber": "+14155550163"}],
        "messaging_services": [{"FriendlyName": "S"}, {"FriendlyName": "S"}]}
        """, "messaging_services[1]")]
    [InlineData("""{"phone_numbers": [{"PhoneNumber": "+14155550163", "FriendlyName": "\ud800"}]}""",
        "phone_numbers[0].FriendlyName")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "S", "senders": ["\u0000"]}]}""",
        "messaging_services[0].senders[0]")]
    [InlineData("""{"channel_senders": [{"sender_id": "rcs:a", "profile": {"name": "\ud800"}}]}""",
        "channel_senders[0].profile.name")]
    [InlineData("""{"phone_numbers": [{"\ud800": 1}]}""", "")]
    [InlineData("""{"\ud800": 1}""", "line 1")]
    [InlineData("""{"numbers": []}""", "numbers")]
    [InlineData("""{"phone_numbers": {}}""", "phone_numbers")]
    [InlineData("[]", "line 1")]
    [InlineData("{", "line 1")]
    [InlineData("", "line 1")]
    public async Task A_mistake_is_named_and_nothing_is_added(string json, string place)
    {
        using var account = await NewAsync();

        var refused = await account.Api.PostJsonAsync(Path, json).ExpectErrorAsync(400, 20001);

        Assert.StartsWith($"{place}", refused["message"], StringComparison.Ordinal);
        Assert.Equal(1L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT (SELECT count(*) FROM phone_numbers WHERE account_sid = '{account.Sid}') * (SELECT count(*) "
                + $"FROM messaging_services WHERE account_sid = '{account.Sid}')"));
    }

    [Fact]
    public async Task Two_at_once_double_nothing()
    {
        using var account = await NewAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => account.Api.PostJsonAsync(Path, Seed).ExpectAsync(201)));

        Assert.Equal(1L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM messaging_services WHERE account_sid = '{account.Sid}' "
                + "AND friendly_name = 'Alerts'"));
    }

    private static List<string> Values(JsonNode made, string list, string member) =>
        [.. made[list]!.AsArray().Select(item => item![member]!.ToString())];

    private Task<Subaccount> NewAsync() =>
        Subaccount.CreateAsync(server.Api, (sid, token) => server.Client(sid, token));
}
