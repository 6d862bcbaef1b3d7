using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Provisioning;

/// <summary>
/// What is changed of a Messaging Service holds for the next message, though services are read from memory.
/// </summary>
public sealed class ServiceChangesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string To = "+14155550123";

    [Fact]
    public async Task A_new_status_callback_is_used_at_once()
    {
        await using var before = await CallbackReceiver.StartAsync();
        await using var after = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithCallbackAsync(before.Url, NumbersApi.New());
        await SendAsync(service);
        await server.PostAsync($"/v1/Services/{service}", ("StatusCallback", after.Url)).ExpectAsync(200);

        await SendAsync(service);

        await after.UntilAsync(received => received.Count >= 3);
        await before.UntilAsync(received => received.Count >= 3);
        Assert.Equal(3, before.Received.Count);
    }

    [Fact]
    public async Task A_deleted_service_takes_no_message()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        await SendAsync(service);

        await server.DeleteAsync($"/v1/Services/{service}").ExpectAsync(204);

        await TrySendAsync(server.Http, service).ExpectErrorAsync(400, 21701);
    }

    [Fact]
    public async Task A_reset_removes_it_for_the_next_message()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        await SendAsync(service);

        await server.Api.ResetAsync();

        await TrySendAsync(server.Http, service).ExpectErrorAsync(400, 21701);
    }

    [Fact]
    public async Task One_that_is_remembered_is_no_other_accounts()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        await SendAsync(service);
        using var other = await server.OtherAccountAsync();

        await TrySendAsync(other, service).ExpectErrorAsync(400, 21701);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Another_server_sees_it_too(string synchronousValidation)
    {
        await using var other = await ServerUnderTest.StartAsync(server.ConnectionString);
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        await server.PostAsync($"/v1/Services/{service}",
            ("SynchronousValidation", synchronousValidation)).ExpectAsync(200);
        await TrySendAsync(other.Http, service).ExpectAsync(201);
        await server.DeleteAsync($"/v1/Services/{service}").ExpectAsync(204);

        var answer = await Eventually.ValueAsync(
            () => TrySendAsync(other.Http, service), response => response.Status != 201, response => response.Text);

        Assert.Equal((400, "21701"), (answer.Status, answer["code"]));
    }

    private Task<string> SendAsync(string service) =>
        server.Api.Messages.SendAsync(("To", To), ("MessagingServiceSid", service), ("Body", "Hello"));

    private static Task<ApiResponse> TrySendAsync(HttpClient http, string service) => http.Api.RequestAsync(
        HttpMethod.Post, $"/2010-04-01/Accounts/{OtherAccount.SidOf(http)}/Messages.json", ("To", To),
        ("MessagingServiceSid", service), ("Body", "Hello"));
}
