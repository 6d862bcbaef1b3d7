namespace MessagingServices.Domain.Tests.Requests;

/// <summary>Paths are written as in Twilio's documentation, whatever address a client uses.</summary>
public sealed class PathPatternTests
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Messages = $"/2010-04-01/Accounts/{Account}/Messages.json";

    [Theory]
    [InlineData(Messages)]
    [InlineData($"/2010-04-01/Accounts/{Account}/Messages")]
    [InlineData($"/2010-04-01/Accounts/{Account}/Messages.xml")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json")]
    [InlineData("/2010-04-01/Accounts/*/Messages.json")]
    [InlineData("/2010-04-01/*")]
    [InlineData("*/Messages.json")]
    [InlineData("*Messages*")]
    [InlineData("*")]
    [InlineData($"/api{Messages}")]
    [InlineData($"https://api.twilio.com{Messages}")]
    [InlineData("https://api.twilio.com/2010-04-01/Accounts/{AccountSid}/Messages.json")]
    public void A_pattern_matches(string pattern) => Assert.True(Matches(pattern, "api.twilio.com", Messages));

    [Theory]
    [InlineData("/2010-04-01/Accounts/*/messages.json")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}")]
    [InlineData("/2010-04-01/{AccountSid}/Messages.json")]
    [InlineData("/2010-04-01/Accounts/*/Messages/*.json")]
    [InlineData("/Messages.json")]
    [InlineData("/messaging/*")]
    [InlineData("https://messaging.twilio.com/*")]
    [InlineData("/2010-04-01/Accounts/.*/Messages.json")]
    public void A_pattern_does_not_match(string pattern) => Assert.False(Matches(pattern, "api.twilio.com", Messages));

    [Theory]
    [InlineData("/v1/Services", true, true)]
    [InlineData("/v1/{name", false, false)]
    [InlineData("/messaging/v1/Services", true, false)]
    [InlineData("https://conversations.twilio.com/v1/Services", false, true)]
    [InlineData("/v1/Services/", false, false)]
    public void A_pattern_may_name_the_product(string pattern, bool messaging, bool conversations) => Assert.Equal(
        (messaging, conversations),
        (Matches(pattern, "messaging.twilio.com", "/v1/Services"),
            Matches(pattern, "conversations.twilio.com", "/v1/Services")));

    [Theory]
    [InlineData("Messages.json")]
    [InlineData("http://api.twilio.com/*")]
    [InlineData("/v1/Services?PageSize=2")]
    [InlineData("/v1/Services#")]
    [InlineData("/v1/ Services")]
    public void Other_texts_are_no_patterns(string text) => Assert.False(PathPattern.IsPattern(text));

    [Fact]
    public void A_long_text_is_no_pattern() => Assert.Equal(
        (true, false),
        (PathPattern.IsPattern($"/{new string('*', 499)}"), PathPattern.IsPattern($"/{new string('*', 500)}")));

    [Theory]
    [InlineData(Messages, "POST api.twilio.com/2010-04-01/Accounts/{Sid}/Messages.json")]
    [InlineData(
        $"/2010-04-01/Accounts/{Account}/Messages/SM00000000000000000000000000000002.json",
        "POST api.twilio.com/2010-04-01/Accounts/{Sid}/Messages/{Sid}.json")]
    public void An_operation_has_no_SIDs(string path, string operation) =>
        Assert.Equal(operation, new ApiRequest("POST", "api.twilio.com", path).Operation);

    private static bool Matches(string pattern, string host, string path) =>
        PathPattern.IsPattern(pattern) && PathPattern.Parse(pattern).Matches(new("POST", host, path));
}
