using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Testing;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;
using Twilio.Rest.Messaging.V1.Service;
using Twilio.Security;
using Twilio.TwiML;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's official C# SDK works with the server without changes.</summary>
public sealed class CSharpSdkTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string Recipient = "+14155550123";

    private Testing.Emulator emulator = null!;
    private EmulatedAccount account = null!;
    private TwilioRestClient twilio = null!;

    public async ValueTask InitializeAsync()
    {
        emulator = await CSharpSdk.EmulatorAsync(server);
        account = await emulator.CreateAccountAsync();
        twilio = CSharpSdk.ConnectAs(account);
    }

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Fact]
    public async Task A_message_through_a_Messaging_Service_is_accepted_and_then_delivered()
    {
        var (service, sender) = await NewServiceAsync();

        var accepted = await MessageResource.CreateAsync(
            to: Recipient, messagingServiceSid: service.Sid, body: "Hello", client: twilio);
        var delivered = await UntilAsync(accepted.Sid, "delivered");

        Assert.Equal(MessageResource.StatusEnum.Accepted, accepted.Status);
        Assert.Equal(MessageResource.DirectionEnum.OutboundApi, accepted.Direction);
        Assert.Null(accepted.From?.ToString());
        Assert.Null(accepted.DateSent);
        Assert.NotNull(accepted.DateCreated);
        Assert.Equal(sender, delivered.From.ToString());
        Assert.Equal(service.Sid, delivered.MessagingServiceSid);
        Assert.Equal(("Hello", "1", "USD"), (delivered.Body, delivered.NumSegments, delivered.PriceUnit));
        Assert.NotNull(delivered.DateSent);
        Assert.Null(delivered.ErrorCode);
    }

    [Fact]
    public async Task A_list_of_messages_has_every_page()
    {
        var (service, _) = await NewServiceAsync();
        var recipient = NumbersApi.New();
        var sent = new List<string>();
        for (var i = 0; i < 5; i++) sent.Add(await SendAsync(service, recipient));

        var all = await MessageResource.ReadAsync(to: recipient, pageSize: 2, client: twilio);
        var tomorrow = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1);
        var later = await MessageResource.ReadAsync(to: recipient, dateSentAfter: tomorrow, client: twilio);

        sent.Reverse();
        Assert.Equal(sent, all.Select(message => message.Sid));
        Assert.Empty(later);
    }

    [Fact]
    public async Task A_message_is_redacted_and_deleted()
    {
        var (service, _) = await NewServiceAsync();
        var sid = await SendAsync(service, Recipient);
        await UntilAsync(sid, "delivered");

        var redacted = await MessageResource.UpdateAsync(sid, body: "", client: twilio);
        var isDeleted = await MessageResource.DeleteAsync(sid, client: twilio);

        Assert.Equal("", redacted.Body);
        Assert.True(isDeleted);
        await ExpectAsync(404, 20404, () => MessageResource.FetchAsync(sid, client: twilio));
    }

    [Fact]
    public async Task A_Messaging_Service_is_created_updated_listed_and_deleted()
    {
        var created = await ServiceResource.CreateAsync(
            "From C#", statusCallback: new("https://example.com/status"), validityPeriod: 600, client: twilio);
        var updated = await ServiceResource.UpdateAsync(
            created.Sid, friendlyName: "Renamed", stickySender: false, client: twilio);
        var fetched = await ServiceResource.FetchAsync(created.Sid, client: twilio);
        var listed = await ServiceResource.ReadAsync(pageSize: 1, client: twilio);

        Assert.Matches("^MG[0-9a-f]{32}$", created.Sid);
        Assert.Equal(("From C#", 600, true), (created.FriendlyName, created.ValidityPeriod, created.StickySender));
        Assert.Equal(new Uri("https://example.com/status"), created.StatusCallback);
        Assert.Equal(("Renamed", 600, false), (updated.FriendlyName, updated.ValidityPeriod, updated.StickySender));
        Assert.Equal("Renamed", fetched.FriendlyName);
        Assert.Contains(created.Sid, listed.Select(service => service.Sid));
        Assert.True(await ServiceResource.DeleteAsync(created.Sid, client: twilio));
        await ExpectAsync(404, 20404, () => ServiceResource.FetchAsync(created.Sid, client: twilio));
    }

    [Fact]
    public async Task A_phone_number_joins_and_leaves_the_sender_pool()
    {
        var service = await ServiceResource.CreateAsync("Pool", client: twilio);
        var number = await IncomingPhoneNumberResource.CreateAsync(
            phoneNumber: new(NumbersApi.New()), client: twilio);

        var added = await PhoneNumberResource.CreateAsync(service.Sid, number.Sid, client: twilio);
        var listed = await PhoneNumberResource.ReadAsync(service.Sid, client: twilio);

        Assert.Equal((number.Sid, service.Sid, "US"), (added.Sid, added.ServiceSid, added.CountryCode));
        Assert.Equal(number.PhoneNumber.ToString(), added.PhoneNumber.ToString());
        Assert.Equal(["MMS", "SMS", "Voice"], added.Capabilities.Order(StringComparer.Ordinal));
        Assert.Equal([number.Sid], listed.Select(member => member.Sid));
        await ExpectAsync(409, 21710, () => PhoneNumberResource.CreateAsync(service.Sid, number.Sid, client: twilio));
        Assert.True(await PhoneNumberResource.DeleteAsync(service.Sid, number.Sid, client: twilio));
        Assert.Empty(await PhoneNumberResource.ReadAsync(service.Sid, client: twilio));
    }

    [Fact]
    public async Task A_scheduled_message_can_be_canceled()
    {
        var (service, _) = await NewServiceAsync();

        var scheduled = await MessageResource.CreateAsync(
            to: Recipient, messagingServiceSid: service.Sid, body: "Later",
            scheduleType: MessageResource.ScheduleTypeEnum.Fixed,
            sendAt: TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1), client: twilio);
        var canceled = await MessageResource.UpdateAsync(
            scheduled.Sid, status: MessageResource.UpdateStatusEnum.Canceled, client: twilio);

        Assert.Equal(MessageResource.StatusEnum.Scheduled, scheduled.Status);
        Assert.Equal(MessageResource.StatusEnum.Canceled, canceled.Status);
        await ExpectAsync(409, 30409, () => MessageResource.UpdateAsync(
            scheduled.Sid, status: MessageResource.UpdateStatusEnum.Canceled, client: twilio));
    }

    [Fact]
    public async Task An_error_becomes_an_ApiException()
    {
        var error = await ExpectAsync(400, 21211, () => MessageResource.CreateAsync(
            to: "+1415555", from: NumbersApi.New(), body: "Hello", client: twilio));

        Assert.Contains("+141XXXX", error.Message, StringComparison.Ordinal);
        Assert.Equal("https://www.twilio.com/docs/errors/21211", error.MoreInfo);
        await ExpectAsync(404, 20404, () => MessageResource.FetchAsync($"SM{new string('0', 32)}", client: twilio));
        await ExpectAsync(401, 20003, () => ServiceResource.ReadAsync(client: CSharpSdk.Connect(server, "wrongtoken")));
    }

    [Fact]
    public async Task Every_status_callback_passes_the_RequestValidator()
    {
        await using var app = await InboundApp.StartAsync();
        var url = new Uri(app.AnswerStatus("/status", 204) + "?tenant=7&name=a%20b");
        var (service, _) = await NewServiceAsync(url);

        var sid = await SendAsync(service, Recipient, "Signed: é & 😀");
        var callbacks = await app.UntilAsync("/status", 3);

        Assert.Equal(["queued", "sent", "delivered"], callbacks.Select(callback => callback["MessageStatus"]));
        Assert.All(callbacks, callback =>
        {
            Assert.Equal(sid, callback["MessageSid"]);
            Assert.True(IsSigned(callback, account.AuthToken));
            Assert.False(IsSigned(callback, "anothertoken"));
        });
    }

    [Fact]
    public async Task A_MessagingResponse_becomes_a_reply()
    {
        await using var app = account.Webhooks.Listen(
            message => new MessagingResponse().Message($"You said <{message["Body"]}> & é").ToString());
        var (number, phone) = (await account.BuyNumberAsync(smsUrl: app.Url), account.Handset());

        await phone.SendAsync(number, "Hi");
        var reply = await phone.ReceiveAsync();

        Assert.Equal((number, "You said <Hi> & é"), (reply.From, reply.Body));
        Assert.Equal(
            MessageResource.DirectionEnum.OutboundReply,
            (await MessageResource.FetchAsync(reply.Sid, client: twilio)).Direction);
    }

    private static bool IsSigned(ReceivedRequest request, string authToken) => new RequestValidator(authToken).Validate(
        request.Url, new Dictionary<string, string>(request.Form), request.Headers["X-Twilio-Signature"]);

    private static async Task<ApiException> ExpectAsync<T>(int status, int code, Func<Task<T>> call)
    {
        var error = await Assert.ThrowsAsync<ApiException>(call);
        Assert.Equal((status, code), (error.Status, error.Code));
        return error;
    }

    private async Task<(ServiceResource Service, string Sender)> NewServiceAsync(Uri? statusCallback = null)
    {
        var service = await ServiceResource.CreateAsync("Test", statusCallback: statusCallback, client: twilio);
        var number = await IncomingPhoneNumberResource.CreateAsync(
            phoneNumber: new(NumbersApi.New()), client: twilio);
        await PhoneNumberResource.CreateAsync(service.Sid, number.Sid, client: twilio);
        return (service, number.PhoneNumber.ToString());
    }

    private async Task<string> SendAsync(ServiceResource service, string to, string body = "Hello") =>
        (await MessageResource.CreateAsync(to: to, messagingServiceSid: service.Sid, body: body, client: twilio)).Sid;

    private async Task<MessageResource> UntilAsync(string sid, string status)
    {
        await account.WaitForAsync(sid, status);
        return await MessageResource.FetchAsync(sid, client: twilio);
    }
}
