namespace MessagingServices.Domain.Tests.Webhooks;

public class RequestSignatureTests
{
    private const string AuthToken = "12345";

    private static readonly Dictionary<string, string> Call = new()
    {
        ["CallSid"] = "CA1234567890ABCDE",
        ["From"] = "+14158675309",
        ["Digits"] = "1234",
        ["To"] = "+18005551212",
        ["Caller"] = "+14158675309",
    };

    // From the tests of Twilio's C# library.
    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    [InlineData("https://MyCompany.com:1234/myapp.php?foo=1&bar=2", "PCqOZm8cnu/L6+u5i5fuEd+Iac4=")]
    [InlineData("http://MyCompany.com/myapp.php?foo=1&bar=2", "XY7AlKOKL6im4yWyX84gldUrtis=")]
    public void Form_is_signed_with_its_unchanged_URL(string url, string signature) =>
        Assert.Equal(signature, RequestSignature.Compute(AuthToken, url, Call));

    [Fact]
    public void Example_of_the_documentation_has_the_documented_signature() =>
        Assert.Equal("L/OH5YylLD5NRKLltdqwSvS0BnU=",
            RequestSignature.Compute(AuthToken, "https://example.com/myapp.php?foo=1&bar=2",
        [
            new("Digits", "1234"), new("To", "+18005551212"), new("From", "+14158675310"),
            new("Caller", "+14158675310"),
            new("CallSid", "CA1234567890ABCDE"),
        ]));

    [Theory]
    [InlineData(
        "https://mycompany.com/myapp.php?foo=1&bar=2"
        + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
        "a9nBmqA0ju/hNViExpshrM61xv4=")]
    [InlineData(
        "https://mycompany.com/myapp.php?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
        "y77kIzt2vzLz71DgmJGsen2scGs=")]
    [InlineData("https://example.com/hook?x=1&MessageSid=SM1&Body=a%20b", "P2+dZ1SQ6PlypB4Q7945gr++Naw=")]
    public void Request_without_a_form_signs_only_the_URL(string url, string signature) =>
        Assert.Equal(signature, RequestSignature.Compute(AuthToken, url, []));

    [Fact]
    public void Parameters_are_sorted_by_ordinal_name_and_may_be_empty() =>
        Assert.Equal("AofuQ1GReDTZ+9G5aSCik0cpLMQ=", RequestSignature.Compute(AuthToken, "https://example.com/sms",
        [
            new("a", "lower sorts after upper"), new("NumMedia", "0"), new("Body", ""), new("From", "+15550001111"),
            new("MessageSid", "SM00000000000000000000000000000001"),
        ]));

    [Theory]
    [InlineData("https://example.com/sms?a=b#rc=2&rp=all", "https://example.com/sms?a=b")]
    [InlineData("https://user:pass@example.com:8443/sms", "https://example.com:8443/sms")]
    [InlineData("https://user:p@ss@example.com/sms", "https://example.com/sms")]
    [InlineData("https://user@example.com?to=me@home", "https://example.com?to=me@home")]
    [InlineData("https://example.com#me@home", "https://example.com")]
    public void Fragment_and_user_info_are_not_signed(string url, string remaining) =>
        Assert.Equal(Sign(remaining), Sign(url));

    [Theory]
    [InlineData("https://example.com/@team/sms", "https://team/sms")]
    [InlineData("https://example.com/users/me@home", "https://home")]
    [InlineData("https://example.com?to=me@home", "https://home")]
    public void At_sign_in_path_or_query_is_not_user_info(string url, string mistaken)
    {
        Assert.NotEqual(Sign(mistaken), Sign(url));
        Assert.Equal(Sign(url), Sign(url.Replace("https://", "https://user:pass@", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://example.com/sms?q=a%20b", "https://example.com/sms?q=a+b")]
    [InlineData("https://example.com/sms?q=%c3%a9", "https://example.com/sms?q=%C3%A9")]
    [InlineData("https://example.com/sms", "https://example.com:443/sms")]
    [InlineData("https://example.com", "https://example.com/")]
    public void URL_is_not_normalised(string url, string alike) => Assert.NotEqual(Sign(url), Sign(alike));

    [Fact]
    public void Repeated_parameter_counts_each_value_once_in_order() =>
        Assert.Equal(Sign("https://example.com/", ("A", "1"), ("A", "2"), ("B", "1")),
            Sign("https://example.com/", ("B", "1"), ("A", "2"), ("A", "1"), ("A", "2")));

    [Fact]
    public void Characters_beyond_ASCII_are_signed_as_UTF_8() =>
        Assert.Equal("g518+RU4U8AMxFMtJQU8Iquhz4s=", Sign("https://example.com/sms", ("Body", "Grüße \U0001F61C")));

    private static string Sign(string url, params IEnumerable<(string Name, string Value)> parameters) =>
        RequestSignature.Compute(AuthToken, url,
            parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
}
