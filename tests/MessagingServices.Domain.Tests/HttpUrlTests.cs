namespace MessagingServices.Domain.Tests;

public sealed class HttpUrlTests
{
    [Theory]
    [InlineData("https://example.com/sms?a=1#rc=2")]
    [InlineData("HTTP://localhost:8080")]
    public void Absolute_http_and_https_URLs_are_valid(string url) => Assert.True(HttpUrl.IsValid(url));

    [Theory]
    [InlineData("")]
    [InlineData("/sms")]
    [InlineData("ftp://example.com/a.png")]
    [InlineData("https://my_host.example.com/")]
    [InlineData("https://example.com/\n")]
    public void Other_texts_are_invalid(string url) => Assert.False(HttpUrl.IsValid(url));

    [Fact]
    public void Length_is_limited()
    {
        const string host = "https://example.com/";
        Assert.True(HttpUrl.IsValid(host.PadRight(HttpUrl.MaxLength, 'a')));
        Assert.False(HttpUrl.IsValid(host.PadRight(HttpUrl.MaxLength + 1, 'a')));
    }
}
