using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Twilio's test credentials: the magic numbers, each with its error, and nothing stored.</summary>
public sealed class TestCredentialsTests : IClassFixture<MessagingServer>, IDisposable
{
    private const string Own = $"/2010-04-01/Accounts/{AccountOptions.DefaultTestSid}";
    private const string Works = "+15005550006";

    private readonly MessagingServer server;
    private readonly HttpClient client;

    public TestCredentialsTests(MessagingServer server) => (this.server, client) =
        (server, server.Client(AccountOptions.DefaultTestSid, AccountOptions.DefaultTestAuthToken));

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("+15005550001", "+14155550100", 21212)]
    [InlineData("+15005550007", "+14155550100", 21606)]
    [InlineData("+14155550199", "+14155550100", 21606)]
    [InlineData("+15005550008", "+14155550100", 21611)]
    [InlineData("+15005550001", "+15005550001", 21212)]
    [InlineData(Works, "+15005550001", 21211)]
    [InlineData(Works, "+15005550002", 21612)]
    [InlineData(Works, "+15005550003", 21408)]
    [InlineData(Works, "+15005550004", 21610)]
    [InlineData(Works, "+15005550009", 21614)]
    [InlineData(Works, "123", 21265)]
    [InlineData(Works, "whatsapp:+14155550123", 21910)]
    [InlineData(Works, "messenger:123", 21910)]
    public async Task A_magic_number_has_its_error(string from, string to, int code) =>
        await SendAsync(("From", from), ("To", to), ("Body", "Hi")).ExpectErrorAsync(400, code);

    [Fact]
    public async Task A_message_that_works_is_queued_and_not_stored()
    {
        var sent = await SendAsync(("From", Works), ("To", "+14155550100"), ("Body", "Hi")).ExpectAsync(201);

        Assert.Equal(("queued", Works, "+14155550100", AccountOptions.DefaultTestSid),
            (sent["status"], sent["from"], sent["to"], sent["account_sid"]));
        Assert.Equal(0L, await Sql.ScalarAsync(
            server.ConnectionString, $"SELECT count(*) FROM messages WHERE sid = '{sent["sid"]}'"));
        var loose = await SendAsync(("From", "1 500 555 0006"), ("To", "+14155550100"), ("Body", "Hi"))
            .ExpectAsync(201);
        Assert.Equal(Works, loose["from"]);
        await SendAsync(("From", Works), ("To", "+14155550100"), ("Body", "Hi"), ("ScheduleType", "fixed"),
            ("SendAt", ClockApi.Iso((await server.Api.Clock.NowAsync()).AddDays(1)))).ExpectErrorAsync(400, 35118);
        await SendAsync(("From", Works), ("To", "+14155550100")).ExpectErrorAsync(400, 21619);
        await SendAsync(("MessagingServiceSid", $"MG{new string('0', 32)}"), ("To", "+14155550100"), ("Body", "Hi"))
            .ExpectErrorAsync(400, 21701);
    }

    [Theory]
    [InlineData("PhoneNumber", "+15005550000", 21422)]
    [InlineData("PhoneNumber", "+15005550001", 21421)]
    [InlineData("PhoneNumber", "+14155550100", 21421)]
    [InlineData("AreaCode", "533", 21452)]
    public async Task A_number_that_cannot_be_had(string name, string value, int code) =>
        await client.Api.PostAsync($"{Own}/IncomingPhoneNumbers.json", (name, value)).ExpectErrorAsync(400, code);

    [Theory]
    [InlineData("PhoneNumber", Works)]
    [InlineData("AreaCode", "500")]
    public async Task A_number_that_can_be_had_is_not_stored(string name, string value)
    {
        var number = await client.Api.PostAsync($"{Own}/IncomingPhoneNumbers.json", (name, value)).ExpectAsync(201);

        Assert.Equal(Works, number["phone_number"]);
        Assert.Equal(0L, await Sql.ScalarAsync(
            server.ConnectionString, $"SELECT count(*) FROM phone_numbers WHERE sid = '{number["sid"]}'"));
    }

    [Theory]
    [InlineData("GET", $"{Own}/Messages.json", 403, 20008)]
    [InlineData("GET", $"{Own}/IncomingPhoneNumbers.json", 403, 20008)]
    [InlineData("GET", $"{Own}.json", 403, 20008)]
    [InlineData("GET", "/v1/Services", 403, 20008)]
    [InlineData("GET", "/emulator/v1/Clock", 403, 20008)]
    [InlineData("GET", $"{Own}/Calls.json", 501, 99501)]
    [InlineData("GET", "/verify/v2/Services", 501, 99501)]
    [InlineData("GET", $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json", 401, 20003)]
    public async Task Everything_else_is_refused(string method, string path, int status, int code)
    {
        var refused = await client.Api.RequestAsync(new(method), path);

        Assert.Equal((status, $"{code}"), (refused.Status, refused["code"]));
    }

    private Task<ApiResponse> SendAsync(params (string, string)[] form) =>
        client.Api.PostAsync($"{Own}/Messages.json", form);
}
