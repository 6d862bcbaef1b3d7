using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>What Messaging ServicesApi.Path refuse, by Twilio's codes; a refused request changes nothing.</summary>
public sealed class ServiceErrorTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Unknown = "MG00000000000000000000000000000000";

    public static TheoryData<string, string, int> BadValues { get; } = new()
    {
        { "FriendlyName", new('x', 65), 20002 },
        { "InboundRequestUrl", "example.com/in", 20001 },
        { "InboundRequestUrl", "ftp://example.com/in", 20001 },
        { "InboundMethod", "PUT", 20001 },
        { "FallbackUrl", "https://", 20001 },
        { "FallbackMethod", "DELETE", 20001 },
        { "StatusCallback", "https://example.com/{id}", 20001 },
        { "StickySender", "", 20001 },
        { "StickySender", "yes", 20001 },
        { "MmsConverter", "", 20001 },
        { "SmartEncoding", "1", 20001 },
        { "ScanMessageContent", "always", 20001 },
        { "ScanMessageContent", "", 20001 },
        { "FallbackToLongCode", "", 20001 },
        { "AreaCodeGeomatch", "no", 20001 },
        { "ValidityPeriod", "", 20001 },
        { "ValidityPeriod", "soon", 20001 },
        { "ValidityPeriod", "1.5", 20001 },
        { "ValidityPeriod", "0", 90007 },
        { "ValidityPeriod", "-1", 90007 },
        { "ValidityPeriod", "36001", 90007 },
        { "ValidityPeriod", "99999999999999999999", 90007 },
        { "SynchronousValidation", "", 20001 },
        { "Usecase", "spam", 21713 },
        { "Usecase", "", 21713 },
        { "UseInboundWebhookOnNumber", "", 20001 },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task A_bad_value_is_refused_on_creation_and_on_update(string name, string value, int code)
    {
        (string, string)[] friendly = name == "FriendlyName" ? [] : [("FriendlyName", "Bad")];
        await server.PostAsync(ServicesApi.Path, [.. friendly, (name, value)]).ExpectErrorAsync(400, code);

        var sid = await server.Api.Services.CreateAsync();
        var before = (await server.GetAsync($"{ServicesApi.Path}/{sid}")).Text;
        await server.PostAsync($"{ServicesApi.Path}/{sid}", (name, value)).ExpectErrorAsync(400, code);
        Assert.Equal(before, (await server.GetAsync($"{ServicesApi.Path}/{sid}")).Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(36000)]
    public async Task The_bounds_of_the_validity_period_are_taken(int seconds)
    {
        var created = await server.PostAsync(ServicesApi.Path, ("FriendlyName", new string('x', 64)),
            ("ValidityPeriod", $"{seconds}")).ExpectAsync(201);
        Assert.Equal($"{seconds}", created["validity_period"]);
    }

    [Fact]
    public async Task The_name_must_be_given_on_creation()
    {
        foreach (var form in new (string, string)[][] { [], [("FriendlyName", "")], [("ValidityPeriod", "0")] })
        {
            var refused = await server.PostAsync(ServicesApi.Path, form).ExpectErrorAsync(400, 20001);
            Assert.Equal("Missing required parameter FriendlyName in the post body", refused["message"]);
        }
    }

    [Fact]
    public async Task The_name_cannot_be_cleared() =>
        await server.PostAsync($"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}",
            ("FriendlyName", "")).ExpectErrorAsync(400, 20002);

    [Theory]
    [InlineData(Unknown)]
    [InlineData("MGxyz")]
    [InlineData("MG0000000000000000000000000000000g")]
    [InlineData("PN00000000000000000000000000000000")]
    public async Task An_unknown_or_malformed_sid_is_404_and_named_without_the_version(string sid)
    {
        foreach (var pending in new[]
        {
            server.GetAsync($"{ServicesApi.Path}/{sid}"),
            server.PostAsync($"{ServicesApi.Path}/{sid}", ("FriendlyName", "x")),
            server.DeleteAsync($"{ServicesApi.Path}/{sid}"),
        })
            Assert.Equal($"The requested resource /Services/{sid} was not found",
                (await pending.ExpectErrorAsync(404, 20404))["message"]);
    }

    [Theory]
    [InlineData("PUT", ServicesApi.Path)]
    [InlineData("DELETE", ServicesApi.Path)]
    [InlineData("PUT", ServicesApi.Path + "/" + Unknown)]
    [InlineData("PATCH", ServicesApi.Path + "/" + Unknown)]
    [InlineData("PUT", ServicesApi.Path + "/" + Unknown + "/PhoneNumbers")]
    [InlineData("POST", ServicesApi.Path + "/" + Unknown + "/PhoneNumbers/PN00000000000000000000000000000000")]
    public async Task A_wrong_method_is_405(string method, string path) =>
        await server.Api.RequestAsync(new HttpMethod(method), path).ExpectErrorAsync(405, 20004);

    [Fact]
    public async Task Another_accounts_service_does_not_exist()
    {
        using var other = await server.OtherAccountAsync();
        var sid = await server.Api.Services.CreateAsync();
        var mine = await other.Api.RequestAsync(HttpMethod.Post, ServicesApi.Path,
            ("FriendlyName", "Theirs")).ExpectAsync(201);

        await other.Api.RequestAsync(HttpMethod.Get, $"{ServicesApi.Path}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{ServicesApi.Path}/{sid}",
            ("FriendlyName", "Mine")).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{ServicesApi.Path}/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{mine["sid"]}").ExpectErrorAsync(404, 20404);
        var list = await other.Api.RequestAsync(HttpMethod.Get, ServicesApi.Path).ExpectAsync(200);
        Assert.Equal([mine["sid"]], list.Body!["services"]!.AsArray().Select(service => service!["sid"]!.ToString()));
        Assert.Equal("Test", (await server.GetAsync($"{ServicesApi.Path}/{sid}").ExpectAsync(200))["friendly_name"]);
    }
}
