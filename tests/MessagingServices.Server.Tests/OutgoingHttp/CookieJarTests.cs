using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Tests.OutgoingHttp;

/// <summary>Which cookies go where, also after they were stored between two messages.</summary>
public sealed class CookieJarTests
{
    [Theory]
    [InlineData("a=1", "http://example.com/sms", "a=1")]
    [InlineData("a=1", "http://other.example.com/sms", null)]
    [InlineData("a=1", "http://example.com:8080/sms", "a=1")]
    [InlineData("a=1; Domain=example.com", "http://other.example.com/sms", "a=1")]
    [InlineData("a=1; Domain=elsewhere.com", "http://elsewhere.com/sms", null)]
    [InlineData("a=1; Domain=com", "http://other.com/sms", null)]
    [InlineData("a=1; Path=/sms", "http://example.com/sms/next", "a=1")]
    [InlineData("a=1; Path=/sms", "http://example.com/voice", null)]
    [InlineData("a=1; Secure", "http://example.com/sms", null)]
    [InlineData("a=1; Secure", "https://example.com/sms", "a=1")]
    [InlineData("a=1; Max-Age=0", "http://example.com/sms", null)]
    [InlineData("a=1; HttpOnly; SameSite=Lax; Max-Age=1000", "http://example.com/sms", "a=1")]
    public void What_an_answer_sets_goes_to_whom_it_belongs(string set, string url, string? sent)
    {
        var jar = new CookieJar([]);
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Set-Cookie", set);
        jar.Take(new(set.Contains("Secure",
            StringComparison.Ordinal) ? "https://example.com/sms" : "http://example.com/sms"), answer);

        Assert.Equal(sent, Sent(jar, url));
        Assert.Equal(sent, Sent(new(jar.All), url));
    }

    [Fact]
    public void Hosts_that_are_addresses_have_their_own()
    {
        var jar = new CookieJar([]);
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Set-Cookie", "a=1; Path=/");
        jar.Take(new("http://127.0.0.1:8080/sms"), answer);

        Assert.Equal("a=1", Sent(new(jar.All), "http://127.0.0.1:8080/sms"));
        Assert.Null(Sent(new(jar.All), "http://localhost:8080/sms"));
    }

    [Fact]
    public void What_is_stored_and_cannot_be_a_cookie_is_passed_over() =>
        Assert.Null(Sent(new([new SessionCookie("", "1", "nowhere", "no host at all", false, null)]),
            "http://example.com/sms"));

    private static string? Sent(CookieJar jar, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        jar.Give(request);
        return request.Headers.NonValidated.TryGetValues("Cookie", out var values) ? values.ToString() : null;
    }
}
