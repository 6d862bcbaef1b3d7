using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Everything that happened to a message, in one response.</summary>
public sealed class TimelineTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Of_a_message_through_a_Messaging_Service()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var numbers = Enumerable.Range(0, 12).Select(i => $"+447700900{100 + i}").Prepend("+14155550141").ToArray();
        var service = await server.Api.Services.CreateWithPoolAsync(numbers);
        var sid = await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155552671"),
            ("Body", "Hi"), ("StatusCallback", receiver.Url));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        await receiver.UntilAsync(received => received.Count == 3);

        var timeline = await server.GetAsync(MessagesApi.TimelinePathOf(sid));

        Assert.Equal(200, timeline.Status);
        Assert.Equal(["message_sid", "statuses", "sender_selection", "webhooks"], timeline.Body.Names());
        Assert.Equal(sid, timeline["message_sid"]);
        var statuses = timeline.Body!["statuses"]!.AsArray();
        Assert.Equal(["accepted", "queued", "sending", "sent", "delivered"],
            statuses.Select(step => step!["status"]!.ToString()));
        Assert.All(statuses, step => Assert.Equal(["status", "date", "error_code"], step.Names()));
        Assert.All(statuses, step => Assert.Null(step!["error_code"]));
        var dates = statuses.Select(step => ClockApi.Parse(step!["date"]!.ToString())).ToList();
        Assert.Equal(dates.Order(), dates);

        var selection = timeline.Body["sender_selection"]!;
        Assert.Equal(["chosen", "reason", "steps"], selection.Names());
        Assert.Equal("+14155550141", selection["chosen"]!.ToString());
        var country = selection["steps"]!.AsArray().Single(step => step!["rule"]!.ToString() == "NorthAmericanReach")!;
        Assert.Equal(["rule", "reason", "warning", "kept", "kept_count", "removed", "removed_count"], country.Names());
        Assert.Equal(["+14155550141"], country["kept"]!.AsArray().Select(sender => sender!.ToString()));
        Assert.Equal((1, 10, 12),
            ((int)country["kept_count"]!, country["removed"]!.AsArray().Count, (int)country["removed_count"]!));
        Assert.Equal(["sender", "why"], country["removed"]![0].Names());

        Assert.Equal(["queued", "sent", "delivered"],
            timeline.Body["webhooks"]!.AsArray()
                .Select(webhook => webhook!["parameters"]!["MessageStatus"]!.ToString()));
    }

    [Fact]
    public async Task Of_a_message_that_failed()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        var sid = await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155552671"),
            ("Body", "Hi"));
        await server.Api.Messages.UntilAsync(sid, "failed");

        var timeline = await server.GetAsync(MessagesApi.TimelinePathOf(sid));

        Assert.Equal(21704, (int)timeline.Body!["statuses"]![1]!["error_code"]!);
        Assert.Null(timeline.Body["sender_selection"]!["chosen"]);
        Assert.NotEmpty(timeline.Body["sender_selection"]!["reason"]!.ToString());
        Assert.Empty(timeline.Body["webhooks"]!.AsArray());
    }

    [Fact]
    public async Task Without_a_Messaging_Service_no_sender_was_selected()
    {
        await server.Api.Services.CreateWithPoolAsync("+14155550142");
        var sid = await server.Api.Messages.SendAsync(("From", "+14155550142"), ("To", "+14155552671"), ("Body", "Hi"));

        var timeline = await server.GetAsync(MessagesApi.TimelinePathOf(sid));

        Assert.Null(timeline.Body!["sender_selection"]);
        Assert.Equal("queued", timeline.Body["statuses"]![0]!["status"]!.ToString());
    }

    [Theory]
    [InlineData("SM00000000000000000000000000000001")]
    [InlineData("SM1")]
    public async Task Of_no_message(string sid)
    {
        var answer = await server.GetAsync(MessagesApi.TimelinePathOf(sid));

        Assert.Equal((404, "20404"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task It_is_not_shown_without_credentials()
    {
        using var anonymous = server.Client();

        Assert.Equal(401, (await anonymous.Api.GetAsync(
            MessagesApi.TimelinePathOf("SM00000000000000000000000000000001")))
            .Status);
    }
}
