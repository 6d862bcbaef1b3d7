using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;

namespace MessagingServices.Testing.Tests;

/// <summary>Time and faults of one account.</summary>
public sealed class FaultTests(Sms sms) : AccountTests(sms)
{
    [Fact]
    public async Task Requests_are_refused_as_often_as_the_test_says()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.RefuseAsync(429, path: "*/Messages.json", times: 1);

        var refused = await Assert.ThrowsAsync<ApiException>(() => SendAsync(shop, phone, "Hello"));
        await SendAsync(shop, phone, "Hello");

        Assert.Equal((429, 20429), (refused.Status, refused.Code));
        Assert.StartsWith("QR", fault.Sid, StringComparison.Ordinal);
        await phone.ReceiveAsync();
        await phone.ReceiveNothingAsync();
    }

    [Fact]
    public async Task Faults_of_requests_hit_the_application_alone()
    {
        var phone = Account.Handset();
        await using var fault = await Account.Faults.RefuseAsync(503, 20503);

        // What the test itself does works, and uses up no fault.
        var shop = await Account.BuyNumberAsync();
        await phone.SendAsync(shop, "Hi");
        await phone.ReceiveNothingAsync();
        await Account.EnvironmentAsync("csharp");
        Assert.Equal(503, (await Assert.ThrowsAsync<ApiException>(() => SendAsync(shop, phone, "Hello"))).Status);
        await fault.DisposeAsync();
        await SendAsync(shop, phone, "Hello");
        await phone.ReceiveAsync();
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_lost_answer_is_told_from_a_lost_request(bool afterCommit, int received)
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.DisconnectAsync(afterCommit, times: 1);

        await Assert.ThrowsAsync<ApiConnectionException>(() => SendAsync(shop, phone, "Hello"));
        await SendAsync(shop, phone, "Hello");

        for (var i = 0; i < received; i++) await phone.ReceiveAsync();
        await phone.ReceiveNothingAsync();
    }

    [Fact]
    public async Task Webhooks_are_dropped_doubled_and_held()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        List<string> told = [];
        await using var app = Account.Webhooks.Listen(callback =>
        {
            lock (told) told.Add(callback["MessageStatus"]);
            return null;
        });

        await using (await Account.Faults.WebhooksAsync(drop: true))
        {
            var sid = await SendAsync(shop, phone, "dropped", app.Url);
            Assert.Empty((await Account.Webhooks.WaitForAsync(sid, "status_callback", "dropped")).Attempts);
            // Until the last callback is dropped, too.
            await phone.ReceiveAsync();
            await Account.SettleAsync();
        }

        await using (await Account.Faults.WebhooksAsync(duplicate: true))
        {
            var sid = await SendAsync(shop, phone, "doubled", app.Url);
            Assert.Equal(2, (await Account.Webhooks.WaitForAsync(sid, "status_callback")).Attempts.Count);
        }

        await Account.SettleAsync();
        Assert.Equal(["delivered", "delivered", "sent", "sent"], told.Order());
        await Assert.ThrowsAsync<ArgumentException>(() => Account.Faults.WebhooksAsync());
    }

    [Fact]
    public async Task Scheduled_messages_come_as_the_clock_moves()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var service = await CreateServiceAsync(shop);
        await Account.Clock.FreezeAsync();
        await MessageResource.CreateAsync(
            to: phone.Number, messagingServiceSid: service, body: "Tomorrow",
            scheduleType: MessageResource.ScheduleTypeEnum.Fixed,
            sendAt: TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1), client: Twilio);

        await phone.ReceiveNothingAsync();
        await Account.Clock.AdvanceToNextAsync();
        await Account.SettleAsync();

        Assert.Equal("Tomorrow", (await phone.ReceiveAsync()).Body);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Account.Clock.AdvanceAsync(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task Requests_for_Twilio_go_to_the_server_by_their_product()
    {
        var http = Account.CreateHttpClient();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(
            System.Text.Encoding.UTF8.GetBytes($"{Account.Sid}:{Account.AuthToken}")));

        var conversations = await http.GetStringAsync("https://conversations.dublin.ie1.twilio.com/v1/Conversations");
        var services = await http.GetStringAsync("https://messaging.twilio.com/v1/Services");
        var first = await ServiceResource.CreateAsync("one", client: Twilio);
        var second = await ServiceResource.CreateAsync("two", client: Twilio);
        var pages = await ServiceResource.ReadAsync(pageSize: 1, client: Twilio);

        Assert.Contains("\"conversations\"", conversations, StringComparison.Ordinal);
        Assert.Contains("\"services\"", services, StringComparison.Ordinal);
        Assert.Equal([second.Sid, first.Sid], pages.Select(service => service.Sid));
    }

    [Fact]
    public async Task Credentials_are_those_of_the_application()
    {
        var http = Account.CreateHttpClient();

        var messages = await http.GetAsync($"https://api.twilio.com/2010-04-01/Accounts/{Account.Sid}/Messages.json");
        var clock = await http.GetAsync("/emulator/v1/Clock");

        Assert.Equal(401, (int)messages.StatusCode);
        Assert.Equal(200, (int)clock.StatusCode);
    }
}
