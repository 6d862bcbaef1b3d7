using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Messages;

public sealed class MessageTests
{
    private static readonly Sid Account = Sid.Create("AC", 1);
    private static readonly Sid Service = Sid.Create("MG", 2);
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static OutboundMessage Draft(bool throughService = true) =>
        new(Sid.Create("SM", 3), Account, "+14155550100", "Hello")
    {
        MessagingServiceSid = throughService ? Service : null,
        From = throughService ? null : "+14155550199",
        StatusCallback = "http://localhost/status",
    };

    [Fact]
    public void Message_of_a_service_starts_accepted_without_sender_and_segments()
    {
        var message = Message.Accept(Draft(), Noon);

        Assert.Equal((Accepted, null, 0), (message.Status, message.From, message.NumSegments));
        Assert.Equal([new StatusChange(Accepted, Noon, null)], message.StatusChanges);
    }

    [Fact]
    public void Message_without_service_starts_queued_with_segments()
    {
        var message = Message.Accept(Draft(throughService: false) with { Body = new string('a', 161) }, Noon);

        Assert.Equal((Queued, 2), (message.Status, message.NumSegments));
    }

    [Fact]
    public void Message_with_service_and_sender_starts_accepted() =>
        Assert.Equal(Accepted, Message.Accept(Draft() with { From = "+14155550199" }, Noon).Status);

    [Fact]
    public void Message_with_SendAt_starts_scheduled() =>
        Assert.Equal(Scheduled, Message.Accept(Draft() with { SendAt = Noon.AddHours(1) }, Noon).Status);

    [Fact]
    public void Message_with_media_has_one_segment() => Assert.Equal(1,
        Message.Accept(Draft(throughService: false) with { Body = new string('a', 1000),
            MediaUrls = ["http://localhost/cat.png"] }, Noon).NumSegments);

    [Fact]
    public void Only_queued_sent_and_delivered_trigger_callbacks()
    {
        var message = Message.Accept(Draft(), Noon);

        var callbacks = new[]
        {
            message.QueueWith("+14155550199", null, smartEncoding: false, Noon.AddSeconds(1)),
            message.TransitionTo(Sending, Noon.AddSeconds(2)),
            message.TransitionTo(Sent, Noon.AddSeconds(3)),
            message.TransitionTo(Delivered, Noon.AddSeconds(4)),
        };

        Assert.Equal(["queued", null, "sent", "delivered"],
            callbacks.Select(c => c?.Parameters.Single(p => p.Key == "MessageStatus").Value));
        Assert.Equal(Noon.AddSeconds(3), message.DateSent);
        Assert.Equal([Accepted, Queued, Sending, Sent, Delivered],
            message.StatusChanges.Select(change => change.Status));
    }

    [Fact]
    public void Callback_has_Twilios_parameters_in_order()
    {
        var message = Message.Accept(Draft(), Noon);

        var failed = message.TransitionTo(Failed, Noon, 21703)!;

        Assert.Equal(["MessageSid", "MessageStatus", "SmsSid", "SmsStatus", "AccountSid", "To", "ApiVersion",
            "MessagingServiceSid", "ErrorCode"],
            failed.Parameters.Select(parameter => parameter.Key));
        Assert.Equal("21703", failed.Parameters[^1].Value);
    }

    [Fact]
    public void Callback_of_delivered_has_the_delivery_date()
    {
        var message = Message.Accept(Draft(), Noon);
        message.QueueWith("+14155550199", null, smartEncoding: false, Noon);
        message.TransitionTo(Sending, Noon);
        message.TransitionTo(Sent, Noon);

        var delivered = message.TransitionTo(Delivered, Noon)!;

        Assert.Equal("3001011200", delivered.Parameters.Single(parameter => parameter.Key == "RawDlrDoneDate").Value);
        Assert.Equal("+14155550199", delivered.Parameters.Single(parameter => parameter.Key == "From").Value);
    }

    [Fact]
    public void Message_without_URL_triggers_no_callback() =>
        Assert.Null(Message.Accept(Draft() with { StatusCallback = null }, Noon).TransitionTo(Failed, Noon, 21704));

    [Fact]
    public void Statuses_outside_the_table_cannot_follow()
    {
        foreach (var (from, next) in MessageStatuses.Next)
        {
            foreach (var to in Enum.GetValues<MessageStatus>().Except(next))
            {
                if (At(from) is not { } message) continue;
                Assert.Throws<InvalidOperationException>(() => message.TransitionTo(to, Noon,
                    to.HasErrorCode() ? 30008 : null));
            }
        }
    }

    [Fact]
    public void Error_code_is_required_for_failures_and_forbidden_otherwise()
    {
        Assert.Throws<InvalidOperationException>(() => At(Accepted)!.TransitionTo(Failed, Noon));
        Assert.Throws<InvalidOperationException>(() => At(Accepted)!.TransitionTo(Queued, Noon, 30008));
    }

    [Fact]
    public void Only_scheduled_messages_can_be_canceled()
    {
        var scheduled = Message.Accept(Draft() with { SendAt = Noon.AddHours(1) }, Noon);

        Assert.Null(scheduled.Cancel(Noon).ApiError);
        Assert.Equal(Canceled, scheduled.Status);
        Assert.Equal(30409, scheduled.Cancel(Noon).ApiError!.Error.Code);
        Assert.Equal(30409, At(Queued)!.Cancel(Noon).ApiError!.Error.Code);
    }

    [Fact]
    public void Only_ended_messages_can_be_redacted()
    {
        Assert.Equal(20009, At(Sent)!.Redact(Noon)!.Error.Code);
        var delivered = At(Delivered)!;
        Assert.Null(delivered.Redact(Noon));
        Assert.Equal("", delivered.Body);
    }

    [Fact]
    public void Validity_period_of_a_scheduled_message_starts_at_SendAt()
    {
        var draft = Draft() with { ValidityPeriod = 60 };

        Assert.Equal(Noon.AddSeconds(60), Message.Accept(draft, Noon).ValidUntil);
        Assert.Equal(Noon.AddHours(1).AddSeconds(60),
            Message.Accept(draft with { SendAt = Noon.AddHours(1) }, Noon).ValidUntil);
    }

    /// <summary>An outbound message with the status; null for statuses of inbound messages.</summary>
    private static Message? At(MessageStatus status)
    {
        var message =
            Message.Accept(status is Scheduled or Canceled ? Draft() with { SendAt = Noon.AddHours(1) } : Draft(),
                Noon);
        MessageStatus[]? way = status switch
        {
            Accepted or Scheduled => [],
            Canceled => [Canceled],
            Queued => [Queued],
            Sending => [Queued, Sending],
            Sent => [Queued, Sending, Sent],
            Delivered => [Queued, Sending, Sent, Delivered],
            Undelivered => [Queued, Sending, Sent, Undelivered],
            Read => [Queued, Sending, Sent, Delivered, Read],
            Failed => [Failed],
            Receiving or Received => null,
        };
        if (way is null) return null;
        foreach (var step in way)
            if (step == Queued) message.QueueWith("+14155550199", null, smartEncoding: false, Noon);
            else message.TransitionTo(step, Noon, step.HasErrorCode() ? 30008 : null);
        return message;
    }
}
