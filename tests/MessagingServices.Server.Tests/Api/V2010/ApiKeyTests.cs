using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>API keys: what they may do, and that a revoked one may nothing.</summary>
public sealed class ApiKeyTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Own = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";
    private const string IamKeys = "/iam/v1/Keys";

    [Theory]
    [InlineData("Keys", "keys")]
    [InlineData("SigningKeys", "signing_keys")]
    public async Task A_standard_key_does_everything_but_accounts_and_keys(string list, string name)
    {
        var path = $"{Own}/{list}.json";
        var created = await server.PostAsync(path, ("FriendlyName", "CI")).ExpectAsync(201);
        Assert.Matches("^SK[0-9a-f]{32}$", created["sid"]);
        Assert.Matches("^[0-9A-Za-z]{32}$", created["secret"]);

        using var key = server.Client(created["sid"], created["secret"]);
        await key.Api.GetAsync($"{Own}/Messages.json").ExpectAsync(200);
        await key.Api.GetAsync("/v1/Services").ExpectAsync(200);
        await key.Api.GetAsync("/emulator/v1/Clock").ExpectAsync(200);
        string[] notForKeys =
            [$"{Own}.json", "/2010-04-01/Accounts.json", path, $"{IamKeys}?AccountSid={MessagingServer.AccountSid}"];
        foreach (var refused in notForKeys)
            await key.Api.GetAsync(refused).ExpectErrorAsync(401, 20003);

        var one = $"{Own}/{list}/{created["sid"]}.json";
        var fetched = await server.GetAsync(one).ExpectAsync(200);
        Assert.Equal(["date_created", "date_updated", "friendly_name", "sid"],
            fetched.Body.Names().Order(StringComparer.Ordinal));
        Assert.Equal("CD", (await server.PostAsync(one, ("FriendlyName", "CD")).ExpectAsync(200))["friendly_name"]);
        Assert.Contains((await server.GetAsync(path)).Body![name]!.AsArray(),
            listed => listed!["sid"]!.ToString() == created["sid"]);

        await server.DeleteAsync(one).ExpectAsync(204);
        await server.GetAsync(one).ExpectErrorAsync(404, 20404);
        var refusal = await key.Api.GetAsync($"{Own}/Messages.json").ExpectErrorAsync(401, 20003);
        Assert.Equal("Authenticate", refusal["message"]);
    }

    [Fact]
    public async Task A_restricted_key_does_what_its_policy_allows()
    {
        var created = await CreateAsync(
            ("KeyType", "restricted"),
            ("Policy", """{"allow": ["/twilio/messaging/messages/list", "/twilio/messaging/services/create"]}"""))
            .ExpectAsync(201);
        using var key = server.Client(created["sid"], created["secret"]);

        await key.Api.GetAsync($"{Own}/Messages.json").ExpectAsync(200);
        await key.Api.PostAsync("/v1/Services", ("FriendlyName", "By key")).ExpectAsync(201);
        string[] notAllowed =
            ["/v1/Services", $"{Own}.json", "/emulator/v1/Clock", "/conversations/v1/Conversations"];
        foreach (var path in notAllowed)
            await key.Api.GetAsync(path).ExpectErrorAsync(403, 70051);
        await key.Api.PostAsync($"{Own}/Messages.json", ("To", "+14155550152")).ExpectErrorAsync(403, 70051);

        Assert.Equal("/twilio/messaging/messages/list", created.Body!["policy"]!["allow"]![0]!.ToString());
        var changed = await server.PostAsync($"{IamKeys}/{created["sid"]}",
            ("Policy", """{"allow": ["/twilio/messaging/services/list"]}""")).ExpectAsync(200);
        Assert.Equal("/twilio/messaging/services/list", changed.Body!["policy"]!["allow"]![0]!.ToString());
        await key.Api.GetAsync("/v1/Services").ExpectAsync(200);
        await key.Api.GetAsync($"{Own}/Messages.json").ExpectErrorAsync(403, 70051);
    }

    [Theory]
    [InlineData("restricted", "")]
    [InlineData("restricted", "{}")]
    [InlineData("restricted", """{"allow": []}""")]
    [InlineData("restricted", """{"allow": ["messages"]}""")]
    [InlineData("restricted", """{"allow": ["/twilio/messaging/messages/send"]}""")]
    [InlineData("restricted", """{"allow": ["/twilio/messaging/messages/list"], "deny": []}""")]
    [InlineData("restricted", """{"allow": "/twilio/messaging/messages/list"}""")]
    [InlineData("restricted", "[")]
    [InlineData("restricted", """{"allow": ["\ud800"]}""")]
    [InlineData("restricted", """{"\ud800": []}""")]
    [InlineData("standard", """{"allow": ["/twilio/messaging/messages/list"]}""")]
    [InlineData("main", "")]
    public async Task A_policy_that_cannot_be_read_is_refused(string type, string policy) =>
        await CreateAsync(("KeyType", type), ("Policy", policy)).ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task The_keys_of_an_account_are_its_own()
    {
        var sub = await server.PostAsync("/2010-04-01/Accounts.json").ExpectAsync(201);
        using var worker = server.Client(sub["sid"], sub["auth_token"]);
        var own = await CreateAsync().ExpectAsync(201);

        await worker.Api.GetAsync($"{IamKeys}/{own["sid"]}").ExpectErrorAsync(404, 20404);
        await worker.Api.DeleteAsync($"{IamKeys}/{own["sid"]}").ExpectErrorAsync(404, 20404);
        await worker.Api.GetAsync($"{IamKeys}?AccountSid={MessagingServer.AccountSid}").ExpectErrorAsync(401, 20003);

        var ofSub = await server.PostAsync(IamKeys, ("AccountSid", sub["sid"]!)).ExpectAsync(201);
        await worker.Api.GetAsync($"{IamKeys}/{ofSub["sid"]}").ExpectAsync(200);
        using var key = server.Client(ofSub["sid"], ofSub["secret"]);
        await key.Api.GetAsync($"/2010-04-01/Accounts/{sub["sid"]}/Messages.json").ExpectAsync(200);
        await key.Api.GetAsync($"{Own}/Messages.json").ExpectErrorAsync(401, 20003);
    }

    [Fact]
    public async Task A_standard_key_of_the_parent_works_in_a_subaccounts_path_and_a_restricted_one_does_not()
    {
        var sub = await server.PostAsync("/2010-04-01/Accounts.json").ExpectAsync(201);
        var messages = $"/2010-04-01/Accounts/{sub["sid"]}/Messages.json";
        var standard = await CreateAsync().ExpectAsync(201);
        var restricted = await CreateAsync(("KeyType", "restricted"),
            ("Policy", """{"allow": ["/twilio/messaging/messages/list"]}""")).ExpectAsync(201);

        using var allowed = server.Client(standard["sid"], standard["secret"]);
        using var refused = server.Client(restricted["sid"], restricted["secret"]);
        await allowed.Api.GetAsync(messages).ExpectAsync(200);
        await refused.Api.GetAsync(messages).ExpectErrorAsync(401, 20003);
    }

    [Fact]
    public async Task Keys_of_a_suspended_account_are_shown_and_do_not_change()
    {
        var sub = await server.PostAsync("/2010-04-01/Accounts.json").ExpectAsync(201);
        var key = await server.PostAsync(IamKeys, ("AccountSid", sub["sid"]!)).ExpectAsync(201);
        await server.PostAsync($"/2010-04-01/Accounts/{sub["sid"]}.json", ("Status", "suspended")).ExpectAsync(200);

        await server.PostAsync(IamKeys, ("AccountSid", sub["sid"]!)).ExpectErrorAsync(403, 20005);
        await server.PostAsync($"{IamKeys}/{key["sid"]}", ("FriendlyName", "x")).ExpectErrorAsync(403, 20005);
        await server.DeleteAsync($"{IamKeys}/{key["sid"]}").ExpectErrorAsync(403, 20005);

        var listed = (await server.GetAsync($"{IamKeys}?AccountSid={sub["sid"]}").ExpectAsync(200)).Body!["keys"]!;
        Assert.Equal(["date_created", "date_updated", "flags", "friendly_name", "sid"],
            listed.AsArray().Single().Names().Order(StringComparer.Ordinal));
        Assert.Equal("""["rest_api","signing"]""", listed[0]!["flags"]!.ToJsonString());
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_405_for_every_credential()
    {
        var restricted = await CreateAsync(("KeyType", "restricted"),
            ("Policy", """{"allow": ["/twilio/messaging/messages/list"]}""")).ExpectAsync(201);
        using var key = server.Client(restricted["sid"], restricted["secret"]);
        using var test = server.Client(AccountOptions.DefaultTestSid, AccountOptions.DefaultTestAuthToken);

        await key.Api.RequestAsync(HttpMethod.Put, $"{Own}/Messages.json").ExpectErrorAsync(405, 20004);
        await test.Api.RequestAsync(
            HttpMethod.Put, Own.Replace(MessagingServer.AccountSid, AccountOptions.DefaultTestSid,
                StringComparison.Ordinal) + "/Messages.json").ExpectErrorAsync(405, 20004);
    }

    [Fact]
    public async Task The_secret_is_not_stored()
    {
        var created = await CreateAsync().ExpectAsync(201);

        var row = await Sql.ScalarAsync(
            server.ConnectionString, $"SELECT api_keys::text FROM api_keys WHERE sid = '{created["sid"]}'");

        Assert.DoesNotContain(created["secret"]!, row!.ToString(), StringComparison.Ordinal);
    }

    private Task<ApiResponse> CreateAsync(params (string, string)[] form) =>
        server.PostAsync(IamKeys, [("AccountSid", MessagingServer.AccountSid), .. form]);
}
