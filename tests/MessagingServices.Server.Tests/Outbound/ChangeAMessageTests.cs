using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound;

/// <summary>Redact, cancel, delete: only what Twilio lets one do at that time.</summary>
public sealed class ChangeAMessageTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_delivered_message_is_redacted_and_then_deleted()
    {
        var sid = await DeliveredAsync("+14155550141");

        var redacted = await server.PostAsync(MessagesApi.PathOf(sid), ("Body", ""));

        Assert.Equal((200, "", "delivered"), (redacted.Status, redacted["body"], redacted["status"]));
        Assert.Equal("", (await server.GetAsync(MessagesApi.PathOf(sid)))["body"]);
        Assert.Equal(204, (await server.DeleteAsync(MessagesApi.PathOf(sid))).Status);
        Assert.Equal(404, (await server.GetAsync(MessagesApi.PathOf(sid))).Status);
        Assert.Equal(404, (await server.DeleteAsync(MessagesApi.PathOf(sid))).Status);
    }

    [Fact]
    public async Task A_scheduled_message_is_canceled_but_neither_redacted_nor_deleted_before()
    {
        var sid = await ScheduledAsync("+14155550142");

        Assert.Equal((409, "20009"), Outcome(await server.PostAsync(MessagesApi.PathOf(sid), ("Body", ""))));
        Assert.Equal((409, "20009"), Outcome(await server.DeleteAsync(MessagesApi.PathOf(sid))));

        var canceled = await server.PostAsync(MessagesApi.PathOf(sid), ("Status", "canceled"));

        Assert.Equal((200, "canceled"), (canceled.Status, canceled["status"]));
        Assert.Null(canceled["from"]);
        Assert.Equal((409, "30409"), Outcome(await server.PostAsync(MessagesApi.PathOf(sid), ("Status", "canceled"))));
        Assert.Equal(204, (await server.DeleteAsync(MessagesApi.PathOf(sid))).Status);
    }

    [Fact]
    public async Task A_canceled_message_is_reported_and_never_sent()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var sid = await ScheduledAsync("+14155550143", ("StatusCallback", receiver.Url));

        await server.PostAsync(MessagesApi.PathOf(sid), ("Status", "canceled"));
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT2H"));

        await receiver.UntilAsync(received => received.Count > 0);
        Assert.Equal(["canceled"], receiver.Received.Select(callback => callback.Status));
        Assert.Equal("canceled", (await server.GetAsync(MessagesApi.PathOf(sid)))["status"]);
    }

    [Fact]
    public async Task A_message_on_its_way_is_too_late_to_cancel()
    {
        var sid = await DeliveredAsync("+14155550144");

        Assert.Equal((409, "30409"), Outcome(await server.PostAsync(MessagesApi.PathOf(sid), ("Status", "canceled"))));
    }

    public static TheoryData<string, string> Nonsense => new()
    {
        { "", "" },
        { "Body", "Another text" },
        { "Status", "sent" },
        { "Status", "" },
        { "Body=&Status", "canceled" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Any_other_change_is_30400(string name, string value)
    {
        var sid = await DeliveredAsync($"+1415555{Random.Shared.Next(2000, 9999)}");
        (string, string)[] form = name switch
        {
            "" => [],
            "Body=&Status" => [("Body", ""), ("Status", value)],
            _ => [(name, value)],
        };

        Assert.Equal((400, "30400"), Outcome(await server.PostAsync(MessagesApi.PathOf(sid), form)));
        Assert.Equal("Hello", (await server.GetAsync(MessagesApi.PathOf(sid)))["body"]);
    }

    private static (int, string?) Outcome(ApiResponse answer) => (answer.Status, answer["code"]);

    private async Task<string> DeliveredAsync(string from)
    {
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", from));
        var sid = await server.Api.Messages.SendAsync(("To", "+14155550100"), ("From", from), ("Body", "Hello"));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        return sid;
    }

    private async Task<string> ScheduledAsync(string number, params (string, string)[] more)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var now = DateTimeOffset.Parse((await server.GetAsync("/emulator/v1/Clock"))["now"]!,
            System.Globalization.CultureInfo.InvariantCulture);
        return await server.Api.Messages.SendAsync([("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Later"),
            ("ScheduleType", "fixed"), ("SendAt", now.AddHours(1).ToString("O")), .. more]);
    }
}
