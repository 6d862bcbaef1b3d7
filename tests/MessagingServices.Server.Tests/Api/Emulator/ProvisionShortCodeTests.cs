using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Short codes, which only the emulator API provisions.</summary>
public sealed class ProvisionShortCodeTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Path = "/emulator/v1/ShortCodes";

    [Fact]
    public void Both_parameters_are_tried() =>
        Field.AssertCovers(typeof(CreateShortCodeForm), [], triedElsewhere: ["ShortCode", "IsoCountry"]);

    [Theory]
    [InlineData("100", "US", "MMS SMS")]
    [InlineData("10000001", "ca", "MMS SMS")]
    [InlineData("10002", "Gb", "SMS")]
    public async Task It_is_the_accounts_with_its_country_and_capabilities(
        string code, string country, string capabilities)
    {
        var made = await server.PostAsync(Path, ("ShortCode", code), ("IsoCountry", country)).ExpectAsync(201);

        Assert.Matches("^SC[0-9a-f]{32}$", made["sid"]);
        Assert.Equal((code, MessagingServer.AccountSid), (made["short_code"], made["account_sid"]));
        Assert.Equal(made.Text, (await server.GetAsync(made["uri"]!).ExpectAsync(200)).Text);
        var member = await server.Api.Services.AddShortCodeAsync(await server.Api.Services.CreateAsync(),
            made["sid"]!).ExpectAsync(201);
        Assert.Equal(country.ToUpperInvariant(), member["country_code"]);
        Assert.Equal(capabilities,
            string.Join(' ', member.Body!["capabilities"]!.AsArray().Select(name => name!.ToString())));
    }

    [Theory]
    [InlineData("", "US", "Missing required parameter ShortCode in the post body")]
    [InlineData(null, "US", "Missing required parameter ShortCode in the post body")]
    [InlineData("12345", "", "Missing required parameter IsoCountry in the post body")]
    [InlineData("12345", null, "Missing required parameter IsoCountry in the post body")]
    [InlineData("12", "US", "ShortCode must be three to eight digits, not '12'")]
    [InlineData("123456789", "US", "ShortCode must be three to eight digits, not '123456789'")]
    [InlineData("12a45", "US", "ShortCode must be three to eight digits, not '12a45'")]
    [InlineData("+12345", "US", "ShortCode must be three to eight digits, not '+12345'")]
    [InlineData("１２３４５", "US", "ShortCode must be three to eight digits, not '１２３４５'")]
    [InlineData("12345", "XX", "IsoCountry 'XX' is not the two letters of a country")]
    [InlineData("12345", "USA", "IsoCountry 'USA' is not the two letters of a country")]
    [InlineData("12345", "001", "IsoCountry '001' is not the two letters of a country")]
    public async Task Other_than_a_code_and_a_country_is_refused_and_makes_nothing(
        string? code, string? country, string message)
    {
        var form = new[] { ("ShortCode", code),
            ("IsoCountry", country) }.Where(field =>
                field.Item2 is not null).Select(field => (field.Item1, field.Item2!));

        var refused = await server.PostAsync(Path, [.. form]).ExpectErrorAsync(400, 20001);

        Assert.Equal(message, refused["message"]);
        Assert.Empty((await server.GetAsync($"{ShortCodesApi.Root}.json?ShortCode=12345").ExpectAsync(200))
            .Body!["short_codes"]!.AsArray());
    }

    [Fact]
    public async Task Each_account_has_it_once_in_each_country()
    {
        using var other = await server.OtherAccountAsync();
        await server.PostAsync(Path, ("ShortCode", "20000"), ("IsoCountry", "US")).ExpectAsync(201);

        var again = await server.PostAsync(Path, ("ShortCode", "20000"), ("IsoCountry", "us")).ExpectErrorAsync(400,
            21422);
        Assert.Equal("20000 is not available", again["message"]);
        await other.Api.RequestAsync(HttpMethod.Post, Path, ("ShortCode", "20000"),
            ("IsoCountry", "US")).ExpectAsync(201);

        var theirs = await other.Api.RequestAsync(HttpMethod.Post, Path, ("ShortCode", "20000"),
            ("IsoCountry", "CA")).ExpectAsync(201);
        Assert.Equal(OtherAccount.SidOf(other), theirs["account_sid"]);
        await server.PostAsync(Path, ("ShortCode", "20000"), ("IsoCountry", "CA")).ExpectAsync(201);
    }

    [Fact]
    public async Task Of_many_that_want_one_short_code_one_gets_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var code = ShortCodesApi.New();

            var answers = await Task.WhenAll(Enumerable.Range(0,
                8).Select(_ => server.PostAsync(Path, ("ShortCode", code), ("IsoCountry", "US"))));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(7, answers.Count(answer => answer.Status == 400 && answer["code"] == "21422"));
        }
    }

    [Fact]
    public async Task It_takes_credentials()
    {
        using var anonymous = server.Client();

        await anonymous.Api.RequestAsync(HttpMethod.Post, Path, ("ShortCode", "30000"),
            ("IsoCountry", "US")).ExpectErrorAsync(401, 20003);
    }
}
