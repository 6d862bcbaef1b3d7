using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>Whatever is posted: a 4xx in Twilio's shape, never a 500, and nothing is stored.</summary>
public sealed class BadInputTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Unknown = "MG00000000000000000000000000000000";
    private static readonly string Messages = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json";

    public static TheoryData<int, string> Forms => new()
    {
        { 21604, "From=%2B15005550006&Body=x" },
        { 21604, "To=&From=%2B15005550006&Body=x" },
        { 21603, "To=%2B14155550100&Body=x" },
        { 21603, "To=%2B14155550100&Body=x&From=&MessagingServiceSid=" },
        { 21619, "To=%2B14155550100&From=%2B15005550006" },
        { 21619, "To=%2B14155550100&From=%2B15005550006&Body=" },
        { 21619, "To=%2B14155550100&From=%2B15005550006&MediaUrl=" },
        { 21617, $"To=%2B14155550100&From=%2B15005550006&Body={new string('a', 1601)}" },
        { 21211, $"To=banana&MessagingServiceSid={Unknown}&Body=x" },
        { 21659, "To=%2B14155550100&From=%2B15005550006&Body=x" },
        { 21659, "To=%2B14155550100&From=12345&Body=x" },
        { 21612, "To=%2B14155550100&From=ACME&Body=x" },
        { 21212, "To=%2B14155550100&From=%2B1&Body=x" },
        { 21212, "To=%2B14155550100&From=not%20a%20sender%21&Body=x" },
        { 21266, "To=%2B14155550100&From=%2B14155550100&Body=x" },
        { 21211, "To=%2B1&From=%2B15005550006&Body=x" },
        { 21211, "To=telegram%3A%2B14155550100&From=%2B15005550006&Body=x" },
        { 21268, "To=%2B19005550100&From=%2B15005550006&Body=x" },
        { 21265, "To=12345&From=%2B15005550006&Body=x" },
        { 21701, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x" },
        { 21701, $"To=%2B14155550100&From={Unknown}&Body=x" },
        { 21705, "To=%2B14155550100&MessagingServiceSid=MGxyz&Body=x" },
        { 21705, $"To=%2B14155550100&MessagingServiceSid=SM{Unknown[2..]}&Body=x" },
        { 21609, "To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=not-a-url" },
        { 21609, "To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=ftp%3A%2F%2Fhost%2F" },
        { 21609, "To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=http%3A%2F%2Fhas_underscore%2F" },
        { 21609, "To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=https%3A%2F%2Fa.test%2Fa+b" },
        { 21609, "To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=https%3A%2F%2Fa.test%2F%25zz" },
        { 21609, $"To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=https%3A%2F%2Fa.test%2F{new string('a', 3986)}" },
        { 21659, $"To=%2B14155550100&From=%2B15005550006&Body=x&StatusCallback=https%3A%2F%2Fa.test%2F{new string('a', 3985)}" },
        { 21620, "To=%2B14155550100&From=%2B15005550006&MediaUrl=https%3A%2F%2Fa.test%2F%7B1%7D" },
        { 21659, "To=%2B14155550100&From=%2B15005550006&MediaUrl=https%3A%2F%2Fa_b.test%2F" },
        { 21620, "To=%2B14155550100&From=%2B15005550006&MediaUrl=file%3A%2F%2F%2Fetc%2Fpasswd" },
        { 21623, $"To=%2B14155550100&From=%2B15005550006{string.Concat(Enumerable.Repeat("&MediaUrl=http%3A%2F%2Fa%2F", 11))}" },
        { 21620, "To=%2B14155550100&From=%2B15005550006&MediaUrl=http%3A%2F%2Fa%2F&MediaUrl=a.png" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=x&SendAsMms=maybe" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=x&SendAsMms=" },
        { 21624, "To=%2B14155550100&From=%2B15005550006&Body=x&ValidityPeriod=0" },
        { 21624, "To=%2B14155550100&From=%2B15005550006&Body=x&ValidityPeriod=36001" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=x&ValidityPeriod=" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=x&ValidityPeriod=soon" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=x&SmartEncoded=" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=x&SmartEncoded=maybe" },
        { 21655, $"To=%2B14155550100&From=%2B15005550006&ContentSid=HX{Unknown[2..]}" },
        { 21627, "To=%2B14155550100&From=%2B15005550006&Body=x&MaxPrice=cheap" },
        { 21627, "To=%2B14155550100&From=%2B15005550006&Body=x&MaxPrice=NaN" },
        { 21659, "To=%2B14155550100&From=%2B15005550006&Body=x&MaxPrice=1e-2" },
        { 30029, "To=%2B14155550100&From=%2B15005550006&Body=x&ContentRetention=burn" },
        { 30030, "To=%2B14155550100&From=%2B15005550006&Body=x&AddressRetention=burn" },
        { 21211, "To=2345678&From=%2B15005550006&Body=x" },
        { 35111, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=fixed" },
        { 35114, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=fixed&SendAt=tomorrow" },
        { 35114, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=fixed&SendAt=2030-01-01" },
        { 35114, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=fixed&SendAt=2030-01-01T00:00:00" },
        { 35114, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=fixed&SendAt=Tue,%2001%20Jan%202030%2000:00:00%20%2B0000" },
        { 21701, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=fixed&SendAt=2030-01-01T00:00:00Z" },
        { 35126, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&SendAt=2030-01-01T00:00:00Z" },
        { 35126, $"To=%2B14155550100&MessagingServiceSid={Unknown}&Body=x&ScheduleType=loose&SendAt=2030-01-01T00:00:00Z" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=a%00b" },
        { 20001, "To=%2B14155550100%00&From=%2B15005550006&Body=x" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=%C3%28" },
        { 20001, "To=%2B14155550100&From=%2B15005550006&Body=%ED%A0%80" },
        { 20001, $"To=%2B14155550100&From=%2B15005550006&Body=x{string.Concat(Enumerable.Range(0, 1001).Select(i => $"&p{i}=1"))}" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_bad_form_is_refused_with_its_code(int code, string form)
    {
        var answer = await PostAsync(Encoding.UTF8.GetBytes(form));

        Assert.Equal(code.ToString(System.Globalization.CultureInfo.InvariantCulture), answer["code"]);
        await AssertRefusedAsync(answer, 400);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused() =>
        await AssertRefusedAsync(await PostAsync([.. "To=%2B14155550100&Body="u8, 0xFF, 0xFE]), 400);

    [Fact]
    public async Task A_form_of_two_megabytes_is_refused()
    {
        var answer = await PostAsync(Encoding.UTF8.GetBytes("Body=" + new string('a', 2 * 1024 * 1024)));

        Assert.Equal("20413", answer["code"]);
        await AssertRefusedAsync(answer, 413);
    }

    [Fact]
    public async Task A_form_of_two_megabytes_in_chunks_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Messages);
        request.Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("Body=" + new string('a',
            2 * 1024 * 1024))));
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.TransferEncodingChunked = true;

        await AssertRefusedAsync(await ApiResponse.ReadAsync(await server.Http.SendAsync(request)), 413);
    }

    [Theory]
    [InlineData("PageSize=0", "20001")]
    [InlineData("PageSize=-1", "20001")]
    [InlineData("PageSize=many", "20001")]
    [InlineData("PageSize=", "20001")]
    [InlineData("Page=-1", "20001")]
    [InlineData("PageToken=nonsense", "21481")]
    [InlineData("DateSent=yesterday", "20001")]
    [InlineData("DateSent%3E=31-31-2020", "20001")]
    [InlineData("Page=1", "20001")]
    [InlineData("Page=1&PageToken=", "20001")]
    [InlineData("To=%00", "20001")]
    [InlineData("To=%FF", "20001")]
    public async Task A_bad_query_is_refused_with_its_code(string query, string code)
    {
        var answer = await server.GetAsync($"{Messages}?{query}");

        Assert.Equal((400, code), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task A_page_size_over_1000_is_taken_as_1000() =>
        Assert.Equal("1000", (await server.GetAsync($"{Messages}?PageSize=100000"))["page_size"]);

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AC}/Messages/SM123.json")]
    [InlineData("/2010-04-01/Accounts/{AC}/Messages/banana.json")]
    [InlineData("/2010-04-01/Accounts/{AC}/Messages/SM00000000000000000000000000000000.json")]
    [InlineData("/2010-04-01/Accounts/{AC}/Messages/MG00000000000000000000000000000000.json")]
    [InlineData("/2010-04-01/Accounts/{AC}/Nothing.json")]
    [InlineData("/2010-04-01/nothing")]
    [InlineData("/favicon.ico")]
    public async Task An_unknown_path_is_404_and_named_whole(string template)
    {
        var path = template.Replace("{AC}", MessagingServer.AccountSid, StringComparison.Ordinal);

        var answer = template.Contains(".json", StringComparison.Ordinal)
            || !template.StartsWith("/2010", StringComparison.Ordinal)
            ? await server.GetAsync(path)
            : await server.GetAsync(path + ".json");

        Assert.Equal((404, "20404"), (answer.Status, answer["code"]));
        Assert.StartsWith($"The requested resource {path}", answer["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_v1_path_is_named_without_its_version() =>
        Assert.Equal("The requested resource /Nothing/X was not found",
            (await server.GetAsync("/v1/Nothing/X"))["message"]);

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_wrong_method_is_405(string method)
    {
        using var request = new HttpRequestMessage(new(method), Messages);

        var answer = await ApiResponse.ReadAsync(await server.Http.SendAsync(request));

        Assert.Equal((405, "20004"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task Without_json_the_error_is_xml()
    {
        var answer =
            await server.GetAsync(
                $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages/SM00000000000000000000000000000000");

        Assert.Equal(404, answer.Status);
        Assert.Equal("application/xml", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<TwilioResponse><RestException><Code>20404</Code>", answer.Text, StringComparison.Ordinal);
    }

    private async Task<ApiResponse> PostAsync(byte[] form)
    {
        var content = new ByteArrayContent(form);
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        return await ApiResponse.ReadAsync(await server.Http.PostAsync(Messages, content));
    }

    private async Task AssertRefusedAsync(ApiResponse answer, int status)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal(status, answer.Body!["status"]!.GetValue<int>());
        Assert.Equal($"https://www.twilio.com/docs/errors/{answer["code"]}", answer["more_info"]);
        Assert.NotEqual("", answer["message"]);
        Assert.Empty((await server.GetAsync(Messages)).Body!["messages"]!.AsArray());
    }
}
