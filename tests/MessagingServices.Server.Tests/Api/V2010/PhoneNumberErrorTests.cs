using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>What is refused of phone numbers, by Twilio's codes.</summary>
public sealed class PhoneNumberErrorTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Unknown = "PN00000000000000000000000000000000";

    public static TheoryData<string, string, int> BadValues { get; } = new()
    {
        { "ApiVersion", "2011-01-01", 20001 },
        { "FriendlyName", new('x', 65), 20002 },
        { "SmsApplicationSid", "AP1", 21420 },
        { "SmsApplicationSid", "AP00000000000000000000000000000001", 21420 },
        { "SmsFallbackMethod", "PUT", 21403 },
        { "SmsFallbackUrl", "nowhere", 21402 },
        { "SmsMethod", "HEAD", 21403 },
        { "SmsUrl", "ftp://example.com", 21402 },
        { "StatusCallback", "http://", 21402 },
        { "StatusCallbackMethod", "PATCH", 21403 },
        { "VoiceApplicationSid", Unknown, 20001 },
        { "VoiceCallerIdLookup", "", 20001 },
        { "VoiceCallerIdLookup", "maybe", 20001 },
        { "VoiceFallbackMethod", "x", 21403 },
        { "VoiceFallbackUrl", "x", 21402 },
        { "VoiceMethod", "x", 21403 },
        { "VoiceUrl", "x", 21402 },
        { "VoiceUrl", "https://example.com/a b", 21402 },
        { "SmsFallbackUrl", "https://example.com/fallback", 21406 },
        { "EmergencyStatus", "Perhaps", 20001 },
        { "EmergencyAddressSid", "x", 20001 },
        { "TrunkSid", "x", 20001 },
        { "IdentitySid", "x", 20001 },
        { "AddressSid", "x", 20001 },
        { "VoiceReceiveMode", "telex", 20001 },
        { "BundleSid", "x", 20001 },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task A_bad_value_is_refused_on_creation_and_on_update(string name, string value, int code)
    {
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", NumbersApi.New()), (name, value)).ExpectErrorAsync(400,
            code);
        await server.PostAsync($"{NumbersApi.Root}/TollFree.json", ("PhoneNumber", "+18005550100"),
            (name, value)).ExpectErrorAsync(400, code);
        await server.PostAsync($"{NumbersApi.Root}/{await server.Api.Numbers.CreateAsync()}.json",
            (name, value)).ExpectErrorAsync(400, code);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("+1")]
    [InlineData("+1415555")]
    [InlineData("+999123456789")]
    [InlineData("whatsapp:+14155550100")]
    public async Task An_impossible_number_is_invalid(string number) =>
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", number)).ExpectErrorAsync(400, 21421);

    [Fact]
    public async Task A_number_that_the_account_has_is_not_available()
    {
        using var other = await server.OtherAccountAsync();
        var (mine, theirs) = (NumbersApi.New(), NumbersApi.New());
        await server.Api.Numbers.CreateAsync(mine);
        await other.Api.RequestAsync(HttpMethod.Post,
            $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/IncomingPhoneNumbers.json",
            ("PhoneNumber", theirs)).ExpectAsync(201);

        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", mine)).ExpectErrorAsync(400, 21422);
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", mine[2..])).ExpectErrorAsync(400, 21422);
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", theirs)).ExpectAsync(201);
    }

    [Fact]
    public async Task Of_many_that_want_one_number_one_gets_it()
    {
        var number = NumbersApi.New();

        var answers = await Task.WhenAll(Enumerable.Range(0,
            8).Select(_ => server.PostAsync(NumbersApi.Path, ("PhoneNumber", number))));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Status == 400 && answer["code"] == "21422"));
    }

    [Fact]
    public async Task A_number_or_an_area_code_must_be_given()
    {
        await server.PostAsync(NumbersApi.Path).ExpectErrorAsync(400, 20001);
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "")).ExpectErrorAsync(400, 20001);
        foreach (var type in new[] { "Local", "Mobile", "TollFree" })
        {
            var refused = await server.PostAsync($"{NumbersApi.Root}/{type}.json",
                ("AreaCode", "415")).ExpectErrorAsync(400, 20001);
            Assert.Equal("Missing required parameter PhoneNumber in the post body", refused["message"]);
        }
    }

    [Theory]
    [InlineData("41")]
    [InlineData("4155")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("999")]
    [InlineData("787")]
    [InlineData("800")]
    public async Task Other_than_an_area_code_of_the_us_or_canada_is_invalid(string areaCode) =>
        await server.PostAsync(NumbersApi.Path, ("AreaCode", areaCode)).ExpectErrorAsync(400, 21451);

    [Theory]
    [InlineData(Unknown)]
    [InlineData("PNxyz")]
    [InlineData("MG00000000000000000000000000000000")]
    public async Task An_unknown_or_malformed_sid_is_404(string sid)
    {
        foreach (var pending in new[]
        {
            server.GetAsync($"{NumbersApi.Root}/{sid}.json"),
            server.PostAsync($"{NumbersApi.Root}/{sid}.json", ("FriendlyName", "x")),
            server.DeleteAsync($"{NumbersApi.Root}/{sid}.json"),
        })
            Assert.Equal($"The requested resource {NumbersApi.Root}/{sid}.json was not found",
                (await pending.ExpectErrorAsync(404, 20404))["message"]);
    }

    [Theory]
    [InlineData("PUT", ".json")]
    [InlineData("DELETE", ".json")]
    [InlineData("PUT", "/" + Unknown + ".json")]
    [InlineData("PUT", "/Local.json")]
    public async Task A_wrong_method_is_405(string method, string path) =>
        await server.Api.RequestAsync(new HttpMethod(method), NumbersApi.Root + path).ExpectErrorAsync(405, 20004);

    [Fact]
    public async Task A_number_stays_with_its_account() =>
        await server.PostAsync($"{NumbersApi.Root}/{await server.Api.Numbers.CreateAsync()}.json",
            ("AccountSid", $"AC{Guid.NewGuid():N}")).ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Another_accounts_number_does_not_exist()
    {
        using var other = await server.OtherAccountAsync();
        var theirs = $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/IncomingPhoneNumbers";
        var sid = await server.Api.Numbers.CreateAsync();

        await other.Api.RequestAsync(HttpMethod.Get, $"{theirs}/{sid}.json").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{theirs}/{sid}.json",
            ("FriendlyName", "x")).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{theirs}/{sid}.json").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{NumbersApi.Root}/{sid}.json").ExpectErrorAsync(401, 20003);
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            $"{theirs}.json").ExpectAsync(200)).Body!["incoming_phone_numbers"]!.AsArray());
        await server.GetAsync($"{NumbersApi.Root}/{sid}.json").ExpectAsync(200);
    }
}
