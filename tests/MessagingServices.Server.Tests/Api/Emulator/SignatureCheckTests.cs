using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Signatures are checked with the tokens of the account, its relatives and the test credentials.</summary>
public sealed class SignatureCheckTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Checks = "/emulator/v1/SignatureChecks";
    private const string Url = "https://app.example.com/sms";
    private const string Body = "From=%2B14155550100&Body=Hi+there";

    [Fact]
    public async Task A_signature_that_fits_has_no_findings()
    {
        var result = await CheckAsync(server.Api, Sign(MessagingServer.AuthToken));

        Assert.Equal(
            ("true", Sign(MessagingServer.AuthToken), $"{Url}BodyHi thereFrom+14155550100", "[]"),
            (result["valid"], result["expected_signature"], result["signed_text"],
                result.Body!["findings"]!.ToJsonString()));
        Assert.Equal(
            ["expected_signature", "findings", "signed_text", "valid"],
            result.Body.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_webhook_shows_the_text_that_the_check_signs()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var from = await server.Api.Numbers.CreateNewAsync();
        var sid = await server.Api.Messages.SendAsync(
            ("To", NumbersApi.New()), ("From", from), ("Body", "Hi"), ("StatusCallback", receiver.Url));
        await receiver.UntilAsync(received => received.Count >= 2);
        var webhook = (await Eventually.ValueAsync(
            () => server.Api.Messages.WebhooksAsync(sid),
            all => all.Count > 0 && all.All(one => one["signature"] is not null),
            _ => "The webhooks are not recorded."))[0];

        var parameters = webhook["parameters"]!.AsObject()
            .Select(row => $"{Uri.EscapeDataString(row.Key)}={Uri.EscapeDataString(row.Value!.ToString())}");
        var result = await server.PostAsync(
            Checks, ("Url", webhook["url"]!.ToString()), ("Parameters", string.Join('&', parameters)),
            ("Signature", webhook["signature"]!.ToString())).ExpectAsync(200);

        Assert.Equal(
            ("true", webhook["signed_text"]!.ToString()), (result["valid"], result["signed_text"]));
    }

    [Fact]
    public async Task The_token_of_a_relative_is_named()
    {
        var child = await TestAccount.CreateAsync(server.Http);

        Assert.Equal(
            Finding($"its parent, {MessagingServer.AccountSid}"),
            Findings(await CheckAsync(child.Api, Sign(MessagingServer.AuthToken))));
        Assert.Equal(
            Finding($"the subaccount {child.Sid}"), Findings(await CheckAsync(server.Api, Sign(child.AuthToken))));
        Assert.Equal(
            Finding($"the test credentials, {AccountOptions.DefaultTestSid}"),
            Findings(await CheckAsync(server.Api, Sign(AccountOptions.DefaultTestAuthToken))));
        Assert.Equal(
            Finding($"the account itself, {child.Sid}"),
            Findings(await CheckAsync(child.Api, Sign(child.AuthToken), ("AuthToken", MessagingServer.AuthToken))));
    }

    [Fact]
    public async Task A_stranger_is_no_relative()
    {
        var (one, other) = (await TestAccount.CreateAsync(server.Http), await TestAccount.CreateAsync(server.Http));

        Assert.Empty(Findings(await CheckAsync(one.Api, Sign(other.AuthToken))));
    }

    [Fact]
    public async Task A_token_may_be_given()
    {
        var result = await CheckAsync(server.Api, Sign("anything"), ("AuthToken", "anything"));

        Assert.Equal(("true", Sign("anything")), (result["valid"], result["expected_signature"]));
    }

    [Fact]
    public async Task A_key_does_not_learn_the_signature()
    {
        var key = await server.PostAsync(
            $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Keys.json", ("FriendlyName", "Key")).ExpectAsync(201);
        using var client = server.Client(key["sid"], key["secret"]);

        var wrong = await CheckAsync(client.Api, "wrong");
        var right = await CheckAsync(client.Api, Sign(MessagingServer.AuthToken));

        Assert.Equal(("false", null, "true", null), (wrong["valid"], wrong["expected_signature"], right["valid"],
            right["expected_signature"]));
    }

    [Fact]
    public async Task The_parameters_of_a_GET_are_in_its_URL()
    {
        var signature = RequestSignature.Compute(MessagingServer.AuthToken, $"{Url}?Body=Hi", []);

        var result = await server.PostAsync(
            Checks, ("Url", $"{Url}?Body=Hi"), ("Method", "get"), ("Signature", signature)).ExpectAsync(200);

        Assert.Equal(("true", $"{Url}?Body=Hi"), (result["valid"], result["signed_text"]));
    }

    [Theory]
    [InlineData("Url", "")]
    [InlineData("Url", "app.example.com/sms")]
    [InlineData("Url", "https://")]
    [InlineData("Method", "PUT")]
    [InlineData("Signature", "")]
    public async Task What_is_no_request_is_refused(string name, string value)
    {
        Dictionary<string, string> form = new() { ["Url"] = Url, ["Signature"] = "s", [name] = value };

        await server.PostAsync(Checks, [.. form.Select(field => (field.Key, field.Value))])
            .ExpectErrorAsync(400, 20001);
    }

    private static string[] Finding(string owner) => [$"The signature fits with the Auth Token of {owner}."];

    private static string[] Findings(ApiResponse response) =>
        [.. response.Body!["findings"]!.AsArray().Select(finding => finding!.ToString())];

    private static Task<ApiResponse> CheckAsync(
        TestApi api, string signature, params (string, string)[] more) => api.PostAsync(
        Checks, [("Url", Url), ("Method", "POST"), ("Parameters", Body), ("Signature", signature), .. more])
        .ExpectAsync(200);

    private static string Sign(string token) => RequestSignature.Compute(
        token, Url, [new("From", "+14155550100"), new("Body", "Hi there")]);
}
