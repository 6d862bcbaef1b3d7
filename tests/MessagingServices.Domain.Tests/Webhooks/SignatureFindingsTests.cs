using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Tests.Webhooks;

/// <summary>A signature that does not fit is explained by what would make it fit, and by nothing else.</summary>
public sealed class SignatureFindingsTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Body = "From=%2B14155550100&Body=Hi+there";

    [Theory]
    [InlineData("https://app.example.com/sms", "http://app.example.com/sms", "with https in place of http")]
    [InlineData("http://app.example.com/sms", "https://app.example.com/sms", "with http in place of https")]
    [InlineData("https://app.example.com/sms", "https://app.example.com:8443/sms", "without the port 8443")]
    [InlineData("https://app.example.com:443/sms", "https://app.example.com/sms", "with the port 443")]
    [InlineData("https://app.example.com:8443/sms", "https://app.example.com/sms", "with the port 8443")]
    [InlineData("http://app:8080/sms", "http://app:5000/sms", "with the port 8080")]
    [InlineData("http://[::1]:8080/sms", "http://[::1]/sms", "with the port 8080")]
    [InlineData("https://app.example.com/sms/", "https://app.example.com/sms",
        "with a slash at the end of the path")]
    [InlineData("https://app.example.com/sms?a=1", "https://app.example.com/sms/?a=1",
        "without the slash at the end of the path")]
    [InlineData("https://app.example.com/sms", "https://user:pass@app.example.com/sms#rc=2",
        "without user name, password and fragment")]
    [InlineData("https://app.example.com/sms?name=a b", "https://app.example.com/sms?name=a%20b",
        "with the query decoded")]
    [InlineData("https://app.example.com/sms?name=a%20b%C3%A9", "https://app.example.com/sms?name=a bé",
        "with the query percent-encoded")]
    [InlineData("https://app.example.com/sms?to=a%2Fb&c=d", "https://app.example.com/sms?to=a/b&c=d",
        "with the query percent-encoded")]
    [InlineData("https://app.example.com/sms?name=a+b", "https://app.example.com/sms?name=a b",
        "with the query encoded as a form")]
    [InlineData("https://app.example.com/sms", "https://app.example.com/sms?added=1", "without the query")]
    [InlineData("https://app.example.com/sms", "http://app.example.com:8080/sms",
        "with https in place of http, and without the port 8080")]
    public void A_URL_is_another_one(string sent, string received, string finding) => Assert.Equal(
        [$"The signature fits {finding}."], Find(received, Body, Sign(sent, Body)));

    [Theory]
    [InlineData("To=%2B1415&Body=a", "To=+1415&Body=a", "with + in the body as itself, not as a space")]
    [InlineData("To=%2B1415&Body=a", "To=%252B1415&Body=a", "with the body decoded once more")]
    [InlineData("Body=100%2541", "Body=100%41", "with the body not decoded")]
    [InlineData("Body=%C3%A9", "Body=%C3%83%C2%A9", "with the body read as UTF-8, not as Latin-1")]
    [InlineData("Body=a%0D%0Ab", "Body=a%0Ab", "with CR LF at the ends of the body's lines")]
    [InlineData("Body=a%0Ab", "Body=a%0D%0Ab", "with LF at the ends of the body's lines")]
    [InlineData("To=%2B1415&Body=a", "{\"Body\":\"a\",\"To\":\"+1415\"}",
        "with a form of the members of the JSON")]
    public void A_body_was_encoded_again(string sent, string received, string finding) => Assert.Equal(
        [$"The signature fits {finding}: the body was encoded again."],
        Find("https://app.example.com/sms", received, Sign("https://app.example.com/sms", sent)));

    [Fact]
    public void JSON_is_checked_by_its_hash()
    {
        const string Json = "{\"status\":\"sent\",\"n\":1}";
        var url = $"https://app.example.com/events?bodySHA256={Hash(Json)}";
        var signature = Sign(url, "");

        Assert.True(SignedRequest.Of(url, "POST", Json).IsSignedBy(Token, signature));
        Assert.Empty(Find(url, Json, signature));
        Assert.Equal(
            ["The signature fits with the JSON without white space: the body was encoded again."],
            Find(url, "{ \"status\": \"sent\", \"n\": 1 }", signature));
        Assert.Equal(
            ["The signature fits with another body, whose SHA-256 is bodySHA256: the body was encoded again."],
            Find(url, "{\"status\":\"sent\"}", signature));
        Assert.Equal(
            ["The signature fits with bodySHA256 in the query, which was dropped."],
            Find("https://app.example.com/events", Json, signature));
    }

    [Fact]
    public void Another_token_is_named()
    {
        var signature = RequestSignature.Compute("theirs", "https://app.example.com/", []);

        Assert.Equal(
            ["The signature fits with the Auth Token of the parent."],
            SignatureFindings.Find(
                SignedRequest.Of("https://app.example.com/", "GET", ""), signature, Token,
                [new("other", "another one"), new("theirs", "the parent")]));
        Assert.Equal(
            ["The signature fits with the Auth Token of the parent, and with https in place of http."],
            SignatureFindings.Find(
                SignedRequest.Of("http://app.example.com/", "GET", ""), signature, Token,
                [new("theirs", "the parent")]));
    }

    [Theory]
    [InlineData("https://app.example.com/sms", "From=%2B14155550101&Body=Hi+there")]
    [InlineData("https://other.example.com/sms", Body)]
    [InlineData("https://app.example.com/SMS", Body)]
    public void Nothing_is_named_where_nothing_fits(string url, string body) =>
        Assert.Empty(Find(url, body, Sign("https://app.example.com/sms", Body)));

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    public void A_signature_may_be_any_text(string signature) =>
        Assert.Empty(Find("https://app.example.com/sms", Body, signature));

    private static IReadOnlyList<string> Find(string url, string body, string signature) =>
        SignatureFindings.Find(SignedRequest.Of(url, "POST", body), signature, Token, []);

    private static string Sign(string url, string body) =>
        RequestSignature.Compute(Token, url, SignedRequest.Of(url, "POST", body).Body.Parameters);

    private static string Hash(string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
