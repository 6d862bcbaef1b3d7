using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Messages;

/// <summary>The parameters of a status callback, by channel and by who reported the status.</summary>
public sealed class StatusCallbackTests
{
    private const string Number = "+14155550199", WhatsApp = "whatsapp:+14155550199", Agent = "rcs:agent";

    private static readonly Sid Install = Sid.Create("XE", 4);
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Delivered, null, true)]
    [InlineData(Undelivered, 30003, true)]
    [InlineData(Failed, 30007, true)]
    public void Status_that_the_carrier_reported_has_its_date(MessageStatus status, int? code, bool isReported)
    {
        var message = Sending(Number, "+14155550100");
        var sent = status == Failed ? null : message.TransitionTo(Sent, Noon);

        var callback = message.TransitionTo(status, Noon.AddMinutes(1), code)!;

        Assert.Null(sent is null ? null : Value(sent, "RawDlrDoneDate"));
        Assert.Equal(isReported ? "3001011201" : null, Value(callback, "RawDlrDoneDate"));
    }

    [Fact]
    public void Message_that_the_carrier_never_had_fails_without_its_date()
    {
        var message = Message.Accept(Draft(Number, "+14155550100"), Noon);

        Assert.Null(Value(message.TransitionTo(Failed, Noon, 30001)!, "RawDlrDoneDate"));
    }

    [Theory]
    [InlineData(WhatsApp, "whatsapp:+9184895012345", "whatsapp", "+918489501XXXX")]
    [InlineData(WhatsApp, "whatsapp:US.1349120865", "whatsapp", "US.134912XXXX")]
    [InlineData(Agent, "+14155550100", "rcs", null)]
    public void Channel_has_parameters_of_its_own(string from, string to, string prefix, string? masked)
    {
        var message = Sending(from, to);

        var sent = message.TransitionTo(Sent, Noon)!;
        var delivered = message.TransitionTo(Delivered, Noon)!;
        var read = message.TransitionTo(Read, Noon)!;

        foreach (var callback in new[] { sent, delivered, read })
        {
            Assert.Equal((prefix, Install.Value, masked, masked is null ? null : "false", to, null),
                (Value(callback, "ChannelPrefix"), Value(callback, "ChannelInstallSid"),
                    Value(callback, "ChannelToAddress"), Value(callback, "StructuredMessage"), Value(callback, "To"),
                    Value(callback, "RawDlrDoneDate")));
        }

        Assert.Equal((null, "DELIVERED", "READ"),
            (Value(sent, "EventType"), Value(delivered, "EventType"), Value(read, "EventType")));
    }

    [Fact]
    public void Failure_on_a_channel_has_its_text()
    {
        var (undelivered, failed) = (Sending(WhatsApp, "whatsapp:+14155550100"),
            Message.Accept(Draft(WhatsApp, "whatsapp:+14155550100"), Noon));
        undelivered.TransitionTo(Sent, Noon);

        var ofCarrier = undelivered.TransitionTo(Undelivered, Noon, 63024)!;
        var ofWindow = failed.TransitionTo(Failed, Noon, 63016)!;

        Assert.Equal(("UNDELIVERED", "Invalid message recipient"),
            (Value(ofCarrier, "EventType"), Value(ofCarrier, "ChannelStatusMessage")));
        Assert.Equal((null, true),
            (Value(ofWindow, "EventType"),
                Value(ofWindow, "ChannelStatusMessage")!.Contains("allowed window", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatsApp_message_that_gets_no_sender_is_still_one_of_WhatsApp()
    {
        var message = Message.Accept(Draft(null, "whatsapp:+14155550100"), Noon);

        var failed = message.TransitionTo(Failed, Noon, 21703)!;

        Assert.Equal(("whatsapp", "+1415555XXXX", null),
            (Value(failed, "ChannelPrefix"), Value(failed, "ChannelToAddress"), Value(failed, "ChannelInstallSid")));
    }

    [Fact]
    public void SMS_has_no_parameter_of_a_channel()
    {
        var message = Sending(Number, "+14155550100");
        message.TransitionTo(Sent, Noon);

        var delivered = message.TransitionTo(Delivered, Noon)!;

        Assert.DoesNotContain(delivered.Parameters, parameter =>
            parameter.Key.StartsWith("Channel", StringComparison.Ordinal)
            || parameter.Key is "EventType" or "StructuredMessage");
    }

    [Theory]
    [InlineData(MessageOptions.None, "POST")]
    [InlineData(MessageOptions.StatusCallbackByGet, "GET")]
    public void Method_is_the_messages(MessageOptions options, string method)
    {
        var message = Message.Accept(Draft(Number, "+14155550100") with { Options = options }, Noon);

        Assert.Equal(method, message.TransitionTo(Failed, Noon, 30001)!.Method);
    }

    private static OutboundMessage Draft(string? from, string to) =>
        new(Sid.Create("SM", 3), Sid.Create("AC", 1), to, "Hello")
    {
        MessagingServiceSid = from is null ? Sid.Create("MG", 2) : null,
        From = from,
        ChannelInstallSid = from?.Contains(':', StringComparison.Ordinal) == true ? Install : null,
        StatusCallback = "http://localhost/status",
    };

    private static Message Sending(string from, string to)
    {
        var message = Message.Accept(Draft(from, to), Noon);
        message.TransitionTo(MessageStatus.Sending, Noon);
        return message;
    }

    private static string? Value(StatusCallback callback, string name) =>
        callback.Parameters.SingleOrDefault(parameter => parameter.Key == name).Value;
}
