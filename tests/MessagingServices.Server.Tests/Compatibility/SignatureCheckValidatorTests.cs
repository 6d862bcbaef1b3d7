using System.Net;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Tests.Fixtures;
using Twilio.Security;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>
/// Where the validator of Twilio's C# SDK refuses a webhook, SignatureChecks says why. Each refusal is that of a real
/// webhook, which the application has seen in another way than it was sent.
/// </summary>
public sealed class SignatureCheckValidatorTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Checks = "/emulator/v1/SignatureChecks";

    [Fact]
    public async Task Each_finding_explains_a_refusal_of_the_validator()
    {
        await using var app = await InboundApp.StartAsync();
        var (plain, queried) = (await ReceiveAsync(app, "/sms"), await ReceiveAsync(app, "/sms?to=a%2Fb&name=c%20d"));
        var port = new Uri(app.Url).Port;

        await ExplainAsync(plain, url => url, body => body, null);
        await ExplainAsync(plain, AsHttps, body => body, "with http in place of https");
        await ExplainAsync(plain, url => url.Replace($":{port}", "", StringComparison.Ordinal), body => body,
            $"with the port {port}");
        await ExplainAsync(plain, url => url.Replace($":{port}", ":1", StringComparison.Ordinal), body => body,
            $"with the port {port}");
        await ExplainAsync(plain, url => $"{url}/", body => body, "without the slash at the end of the path");
        await ExplainAsync(plain, url => $"{url}?tenant=7", body => body, "without the query");
        await ExplainAsync(queried, WebUtility.UrlDecode, body => body, "with the query percent-encoded");
        await ExplainAsync(plain, url => url, body => body.Replace("%2B", "+", StringComparison.Ordinal),
            "with + in the body as itself, not as a space: the body was encoded again");
        await ExplainAsync(plain, url => url, body => body.Replace("%", "%25", StringComparison.Ordinal),
            "with the body decoded once more: the body was encoded again");
        await ExplainAsync(plain, url => AsHttps($"{url}/"), body => body,
            "with http in place of https, and without the slash at the end of the path");
        await ExplainAsync(plain, url => $"{url}s", body => body, "");
    }

    [Fact]
    public async Task A_token_of_another_account_explains_a_refusal()
    {
        await using var app = await InboundApp.StartAsync();
        var child = await TestAccount.CreateAsync(server.Http);
        var (own, its) = (await ReceiveAsync(app, "/own"), await ReceiveAsync(app, "/its", child.Api));

        await ExplainTokenAsync(own, child.AuthToken, child.Api, $"its parent, {MessagingServer.AccountSid}");
        await ExplainTokenAsync(its, MessagingServer.AuthToken, server.Api, $"the subaccount {child.Sid}");
        var test = own with
        {
            Signature = RequestSignature.Compute(AccountOptions.DefaultTestAuthToken, own.Url, Fields(own.Body)),
        };
        await ExplainTokenAsync(
            test, MessagingServer.AuthToken, server.Api, $"the test credentials, {AccountOptions.DefaultTestSid}");
    }

    [Fact]
    public async Task JSON_is_refused_by_its_hash_and_explained()
    {
        const string Json = """{"status":"sent"}""";
        const string Indented = """{ "status": "sent" }""";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));
        var url = $"https://app.example.com/events?bodySHA256={hash}";
        var signature = (await CheckAsync(server.Api, url, Json, "unknown"))["expected_signature"]!;
        RequestValidator validator = new(MessagingServer.AuthToken);

        Assert.True(validator.Validate(url, Json, signature));
        Assert.Equal("true", (await CheckAsync(server.Api, url, Json, signature))["valid"]);
        Assert.False(validator.Validate(url, Indented, signature));
        Assert.Contains(
            "The signature fits with the JSON without white space: the body was encoded again.",
            Findings(await CheckAsync(server.Api, url, Indented, signature)));
        Assert.False(validator.Validate("https://app.example.com/events", Json, signature));
        Assert.Equal(
            ["The signature fits with bodySHA256 in the query, which was dropped."],
            Findings(await CheckAsync(server.Api, "https://app.example.com/events", Json, signature)));
    }

    private static string AsHttps(string url) => url.Replace("http://", "https://", StringComparison.Ordinal);

    private static Dictionary<string, string> Fields(string body) => body.Split('&').Select(field => field.Split('='))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));

    private static IEnumerable<string> Findings(ApiResponse response) =>
        response.Body!["findings"]!.AsArray().Select(finding => finding!.ToString());

    private static Task<ApiResponse> CheckAsync(TestApi api, string url, string body, string signature) =>
        api.PostAsync(Checks, ("Url", url), ("Method", "POST"), ("Parameters", body), ("Signature", signature))
            .ExpectAsync(200);

    /// <summary>Sends a message to a number of the account whose webhook the application gets.</summary>
    private async Task<Sent> ReceiveAsync(InboundApp app, string path, TestApi? api = null)
    {
        var number = NumbersApi.New();
        app.AnswerStatus(path.Split('?')[0], 204);
        await (api ?? server.Api).CreateAsync(
            NumbersApi.Path, ("PhoneNumber", number), ("SmsUrl", app.Url + path), ("SmsMethod", "POST"));
        await (api ?? server.Api).PostAsync(
            "/emulator/v1/InboundMessages", ("From", "+14155550123"), ("To", number), ("Body", "Hi there"))
            .ExpectAsync(201);
        var request = (await Eventually.ValueAsync(
            () => Task.FromResult(app.Received.Where(one => one.Url == app.Url + path).ToList()),
            requests => requests.Count > 0, _ => $"{path} was not requested."))[0];
        return new(request.Url, Encoding.UTF8.GetString(request.Body), request.Headers["X-Twilio-Signature"]);
    }

    /// <param name="sent">The webhook.</param>
    /// <param name="urlSeen">The URL as the application sees it.</param>
    /// <param name="bodySeen">The body as the application sees it.</param>
    /// <param name="finding">The finding; null when the validator accepts it, empty when nothing fits.</param>
    private async Task ExplainAsync(
        Sent sent, Func<string, string> urlSeen, Func<string, string> bodySeen, string? finding)
    {
        var (url, body) = (urlSeen(sent.Url), bodySeen(sent.Body));

        Assert.Equal(
            finding is null,
            new RequestValidator(MessagingServer.AuthToken).Validate(url, Fields(body), sent.Signature));
        var check = await CheckAsync(server.Api, url, body, sent.Signature);

        Assert.Equal(finding is null ? "true" : "false", check["valid"]);
        Assert.Equal(
            string.IsNullOrEmpty(finding) ? [] : [$"The signature fits {finding}."], Findings(check));
    }

    private static async Task ExplainTokenAsync(Sent sent, string token, TestApi api, string owner)
    {
        Assert.False(new RequestValidator(token).Validate(sent.Url, Fields(sent.Body), sent.Signature));

        Assert.Equal(
            [$"The signature fits with the Auth Token of {owner}."],
            Findings(await CheckAsync(api, sent.Url, sent.Body, sent.Signature)));
    }

    /// <summary>A webhook as it was sent.</summary>
    private sealed record Sent(string Url, string Body, string Signature);
}
