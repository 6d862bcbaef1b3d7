using System.Net.Http.Headers;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>Names are case-sensitive and only names. A body that is no form has no parameters.</summary>
public sealed class ParameterTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData(21604, "to=%2B14155550100&From=%2B15005550006&Body=x")]
    [InlineData(21603, "To=%2B14155550100&from=%2B15005550006&Body=x")]
    [InlineData(21619, "To=%2B14155550100&From=%2B15005550006&body=x&mediaurl=https%3A%2F%2Fexample.com")]
    public async Task A_parameter_of_a_message_in_another_case_is_ignored(int code, string form) =>
        await PostAsync(MessagesApi.Path, form, "application/x-www-form-urlencoded").ExpectErrorAsync(400, code);

    [Fact]
    public async Task A_parameter_in_another_case_is_ignored_on_every_surface()
    {
        var number = await server.Api.Numbers.CreateNewAsync(("friendlyName", "lower"));
        var numbers = await server.GetAsync($"{NumbersApi.Path}?phonenumber=nothing&pagesize=1");
        Assert.Contains(numbers.Body!["incoming_phone_numbers"]!.AsArray(), found =>
            found!["phone_number"]!.ToString() == number && found["friendly_name"]!.ToString() != "lower");
        Assert.Equal("50", numbers["page_size"]);
        await server.PostAsync("/v1/Services", ("friendlyName", "lower")).ExpectErrorAsync(400, 20001);
        Assert.Equal("50", (await server.GetAsync("/v1/Services?pageSize=1")).Body!["meta"]!["page_size"]!.ToString());
        var address = await server.PostAsync(
            "/v1/Configuration/Addresses", ("Type", "sms"), ("Address", number), ("autocreation.enabled", "true"));
        Assert.Equal("false", address.Body!["auto_creation"]!["enabled"]!.ToString());
        await server.GetAsync("/v2/Channels/Senders?channel=rcs").ExpectErrorAsync(400, 20001);
        await server.PostAsync("/emulator/v1/Clock", ("frozen", "true")).ExpectErrorAsync(400, 20001);
    }

    [Theory]
    [InlineData("a[b=1")]
    [InlineData("]=1&[=2&[]=3&a[b][=4")]
    [InlineData("=&==&a.=1&.b=2")]
    [InlineData("%00=1&%FF=2")]
    [InlineData("nobody=%FF%00")]
    [InlineData("{\"a\": \"%zz\", \u0001}")]
    public async Task An_unknown_name_of_any_characters_is_ignored(string parameters)
    {
        await PostAsync("/v1/Services", $"{parameters}&FriendlyName=x", "application/x-www-form-urlencoded")
            .ExpectAsync(201);
        var query = Uri.EscapeDataString(parameters).Replace("%3D", "=", StringComparison.Ordinal);
        await server.GetAsync($"/v1/Services?{query}").ExpectAsync(200);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/Services")
        {
            Content = Of(parameters, "application/x-www-form-urlencoded"),
        };
        Assert.Equal(200, (int)(await server.Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{\"To\":\"+14155550100\"}")]
    [InlineData("text/plain", "To=%2B14155550100")]
    [InlineData("multipart/form-data", "To=%2B14155550100")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("application/x-www-form-urlencoded-not", "To=%2B14155550100")]
    public async Task A_body_that_is_no_form_has_no_parameters(string type, string body)
    {
        await PostAsync(MessagesApi.Path, body, type).ExpectErrorAsync(400, 21604);
        await PostAsync("/v1/Services", body, type).ExpectErrorAsync(400, 20001);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "language=en")]
    [InlineData("text/plain", """{"language":"en","types":{"twilio/text":{"body":"x"}}}""")]
    public async Task A_body_that_is_no_JSON_is_empty_where_JSON_is_expected(string type, string body) =>
        Assert.Contains(
            "the body is empty",
            (await PostAsync("/v1/Content", body, type).ExpectErrorAsync(400, 20001))["message"],
            StringComparison.Ordinal);

    [Fact]
    public async Task A_multipart_form_is_a_form()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Zażółć 🚀"), "FriendlyName" },
            { new StringContent("ignored"), "friendlyname" },
            { new ByteArrayContent([1, 2, 3]), "File", "file.bin" },
        };

        var service = await ApiResponse.ReadAsync(await server.Http.PostAsync("/v1/Services", form));

        Assert.Equal((201, "Zażółć 🚀"), (service.Status, service["friendly_name"]));
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"FriendlyName\"\r\n\r\nends in the midd")]
    [InlineData("--x\r\nno header\r\n\r\n")]
    public async Task A_multipart_form_that_cannot_be_read_is_400(string body) =>
        await PostAsync("/v1/Services", body, "multipart/form-data; boundary=x").ExpectErrorAsync(400, 20001);

    private async Task<ApiResponse> PostAsync(string path, string body, string type)
    {
        using var content = Of(body, type);
        return await ApiResponse.ReadAsync(await server.Http.PostAsync(path, content));
    }

    private static StringContent Of(string body, string type)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
