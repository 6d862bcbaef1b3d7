using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Messages;

public sealed class MessageTests
{
    private static readonly Sid Account = Sid.Create("AC", 1);
    private static readonly Sid Service = Sid.Create("MG", 2);
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static OutboundMessage Draft(bool throughService = true) => new(Sid.Create("SM", 3), Account, "+14155550100", "Hello")
    {
        MessagingServiceSid = throughService ? Service : null,
        From = throughService ? null : "+14155550199",
        StatusCallback = "http://localhost/status",
    };

    [Fact]
    public void Through_a_service_a_message_starts_accepted_without_sender_and_segments()
    {
        var message = Message.Accept(Draft(), Noon);

        Assert.Equal((Accepted, null, 0), (message.Status, message.From, message.NumSegments));
        Assert.Equal([new StatusChange(Accepted, Noon, null)], message.StatusChanges);
    }

    [Fact]
    public void Without_a_service_a_message_starts_queued_with_its_segments_counted()
    {
        var message = Message.Accept(Draft(throughService: false) with { Body = new string('a', 161) }, Noon);

        Assert.Equal((Queued, 2), (message.Status, message.NumSegments));
    }

    [Fact]
    public void With_a_service_and_a_sender_it_starts_accepted_all_the_same() =>
        Assert.Equal(Accepted, Message.Accept(Draft() with { From = "+14155550199" }, Noon).Status);

    [Fact]
    public void With_a_time_to_send_at_it_starts_scheduled() =>
        Assert.Equal(Scheduled, Message.Accept(Draft() with { SendAt = Noon.AddHours(1) }, Noon).Status);

    [Fact]
    public void Media_make_one_segment_whatever_the_length() => Assert.Equal(1,
        Message.Accept(Draft(throughService: false) with { Body = new string('a', 1000), MediaUrls = ["http://localhost/cat.png"] }, Noon).NumSegments);

    [Fact]
    public void The_whole_way_owes_a_callback_for_queued_sent_and_delivered_only()
    {
        var message = Message.Accept(Draft(), Noon);

        var owed = new[]
        {
            message.QueueWith("+14155550199", null, smartEncoding: false, Noon.AddSeconds(1)),
            message.TransitionTo(Sending, Noon.AddSeconds(2)),
            message.TransitionTo(Sent, Noon.AddSeconds(3)),
            message.TransitionTo(Delivered, Noon.AddSeconds(4)),
        };

        Assert.Equal(["queued", null, "sent", "delivered"], owed.Select(c => c?.Parameters.Single(p => p.Key == "MessageStatus").Value));
        Assert.Equal(Noon.AddSeconds(3), message.DateSent);
        Assert.Equal([Accepted, Queued, Sending, Sent, Delivered], message.StatusChanges.Select(change => change.Status));
    }

    [Fact]
    public void A_callback_carries_twilios_parameters_in_their_order()
    {
        var message = Message.Accept(Draft(), Noon);

        var failed = message.TransitionTo(Failed, Noon, 21703)!;

        Assert.Equal(["MessageSid", "MessageStatus", "SmsSid", "SmsStatus", "AccountSid", "To", "ApiVersion", "MessagingServiceSid", "ErrorCode"],
            failed.Parameters.Select(parameter => parameter.Key));
        Assert.Equal("21703", failed.Parameters[^1].Value);
    }

    [Fact]
    public void Delivered_tells_when_the_handset_had_it()
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
    public void Without_a_url_nobody_is_told() =>
        Assert.Null(Message.Accept(Draft() with { StatusCallback = null }, Noon).TransitionTo(Failed, Noon, 21704));

    [Fact]
    public void No_status_follows_but_those_of_the_table()
    {
        foreach (var (from, next) in MessageStatuses.Next)
        {
            foreach (var to in Enum.GetValues<MessageStatus>().Except(next))
            {
                if (At(from) is not { } message) continue;
                Assert.Throws<InvalidOperationException>(() => message.TransitionTo(to, Noon, to.HasErrorCode() ? 30008 : null));
            }
        }
    }

    [Fact]
    public void A_failure_needs_a_code_and_a_success_must_not_have_one()
    {
        Assert.Throws<InvalidOperationException>(() => At(Accepted)!.TransitionTo(Failed, Noon));
        Assert.Throws<InvalidOperationException>(() => At(Accepted)!.TransitionTo(Queued, Noon, 30008));
    }

    [Fact]
    public void Only_a_scheduled_message_is_canceled()
    {
        var scheduled = Message.Accept(Draft() with { SendAt = Noon.AddHours(1) }, Noon);

        Assert.Null(scheduled.Cancel(Noon).ApiError);
        Assert.Equal(Canceled, scheduled.Status);
        Assert.Equal(30409, scheduled.Cancel(Noon).ApiError!.Error.Code);
        Assert.Equal(30409, At(Queued)!.Cancel(Noon).ApiError!.Error.Code);
    }

    [Fact]
    public void Only_a_message_that_has_ended_is_redacted()
    {
        Assert.Equal(20009, At(Sent)!.Redact(Noon)!.Error.Code);
        var delivered = At(Delivered)!;
        Assert.Null(delivered.Redact(Noon));
        Assert.Equal("", delivered.Body);
    }

    [Fact]
    public void The_validity_period_of_a_scheduled_message_begins_when_it_is_due()
    {
        var draft = Draft() with { ValidityPeriod = 60 };

        Assert.Equal(Noon.AddSeconds(60), Message.Accept(draft, Noon).ValidUntil);
        Assert.Equal(Noon.AddHours(1).AddSeconds(60), Message.Accept(draft with { SendAt = Noon.AddHours(1) }, Noon).ValidUntil);
    }

    /// <summary>An outbound message brought to a status; null for the statuses of inbound ones.</summary>
    private static Message? At(MessageStatus status)
    {
        var message = Message.Accept(status is Scheduled or Canceled ? Draft() with { SendAt = Noon.AddHours(1) } : Draft(), Noon);
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
