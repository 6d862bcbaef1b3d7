namespace MessagingServices.Domain.Tests;

public sealed class HttpUrlTests
{
    [Theory]
    [InlineData("http://localhost:5000/sms?a=1")]
    [InlineData("https://user:secret@example.com/a%20b#rc=2")]
    [InlineData("https://logo_url.example.com/")]
    [InlineData("https://example.com/a[0]=(b);c,d'e!f*g$h&i@j")]
    public void Absolute_http_and_https_URLs_are_valid(string url) => Assert.True(HttpUrl.IsValid(url));

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("/sms")]
    [InlineData("ftp://example.com")]
    [InlineData("http://example.com/a\nb")]
    [InlineData("http://example.com/a b")]
    [InlineData("http://example.com/a\u007Fb")]
    [InlineData("http://example.com/\"")]
    [InlineData("http://example.com/<a>")]
    [InlineData("http://example.com/{a}")]
    [InlineData("http://example.com/a|b")]
    [InlineData("http://example.com/é")]
    [InlineData("http://exämple.com/")]
    [InlineData("http://example.com/100%")]
    [InlineData("http://example.com/%4")]
    [InlineData("http://example.com/%4g")]
    public void Other_texts_are_invalid(string url) => Assert.False(HttpUrl.IsValid(url));

    [Fact]
    public void Length_is_limited()
    {
        const string host = "http://example.com/";
        Assert.True(HttpUrl.IsValid(host.PadRight(HttpUrl.MaxLength, 'a')));
        Assert.False(HttpUrl.IsValid(host.PadRight(HttpUrl.MaxLength + 1, 'a')));
    }

    [Theory]
    [InlineData("https://example.com/a_b", true)]
    [InlineData("https://a_b.example.com/", false)]
    public void Host_of_a_status_callback_has_no_underscore(string url, bool isValid) =>
        Assert.Equal(isValid, HttpUrl.IsStatusCallback(url));
}
