using System.Globalization;
using System.Text.RegularExpressions;
using MessagingServices.Domain.Advice;
using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Advice;

/// <summary>What a developer is told to do about a message: its error, and its wait.</summary>
public sealed partial class MessageAdviceTests
{
    private static readonly Sid Account = Sid.Create("AC", 1);
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_that_arrived_needs_nothing() =>
        Assert.Empty(AdviceOf(Sent(Queued, Sending, MessageStatus.Sent, Delivered)));

    [Fact]
    public void An_error_has_its_title_and_its_remedy() => Assert.Equal(
        "Error 21610 (Attempt to send to unsubscribed recipient): The recipient has opted out. Send START from the "
            + "handset, or remove the opt-out: /docs/opt-out.md",
        Assert.Single(AdviceOf(Ended(Failed, 21610))));

    [Fact]
    public void A_carrier_rule_that_causes_the_error_is_named()
    {
        var (cause, other) = (Rule(1, CarrierOutcome.Undelivered, 30003), Rule(2, CarrierOutcome.Undelivered, 30005));
        other.To = "+14155550111";

        var advice = AdviceOf(Ended(Undelivered, 30003), rules: [other, cause]);

        Assert.Equal(
            $"The carrier rule {cause.Sid} sets the error 30003 (Unreachable destination handset). "
                + "Delete the rule to end that.",
            Assert.Single(advice));
    }

    [Fact]
    public void A_rule_without_a_code_causes_30008() => Assert.Contains(
        "CR", Assert.Single(AdviceOf(Ended(Failed, 30008), rules: [Rule(1, CarrierOutcome.Failed, null)])),
        StringComparison.Ordinal);

    [Fact]
    public void A_code_of_a_rule_that_was_deleted_is_explained_too() => Assert.Contains(
        "only a carrier rule sets it, and that rule exists no more",
        Assert.Single(AdviceOf(Ended(Undelivered, 30003))), StringComparison.Ordinal);

    [Fact]
    public void A_scheduled_message_waits_for_the_clock()
    {
        var message = Message.Accept(Draft() with { SendAt = Noon.AddHours(1) }, Noon);

        Assert.Equal(
            [
                "It is sent when the clock of the account reaches 2030-01-01T13:00:00Z.",
                "The clock of the account is frozen at 2030-01-01T12:00:00Z. Move it: to the next due thing, or by a "
                    + "duration.",
            ],
            AdviceOf(message, isFrozen: true));
        Assert.Equal("The clock of the account shows 2030-01-01T12:00:00Z. You need not wait: advance it.",
            AdviceOf(message)[1]);
    }

    [Fact]
    public void Every_status_that_is_not_the_end_has_a_reason_and_the_clock()
    {
        MessageStatus[][] ways = [[], [Queued], [Queued, Sending], [Queued, Sending, MessageStatus.Sent]];

        Assert.All(ways, way => Assert.Equal(2, AdviceOf(Sent(way)).Count));
    }

    [Fact]
    public void A_carrier_that_reports_no_more_is_no_reason_to_wait()
    {
        var message = Sent(Queued, Sending);
        message.SetCarrierPlan(new(MessageStatus.Sent, null, 0, 0));
        message.TransitionTo(MessageStatus.Sent, Noon);

        Assert.Contains(AdviceOf(message), line => line.Contains("Outcome=sent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_without_a_status_callback_says_so() => Assert.Contains(
        "StatusCallback",
        Assert.Single(AdviceOf(Message.Accept(Draft() with { StatusCallback = null }, Noon)
            .Through(Queued, Sending, MessageStatus.Sent, Delivered))), StringComparison.Ordinal);

    [Fact]
    public void Every_code_of_the_documentation_has_a_remedy()
    {
        var section = ErrorTable.Match(File.ReadAllText(Page())).Value;
        var codes = Row.Matches(section).SelectMany(row => Codes(row.Groups[1].Value)).ToList();

        Assert.True(codes.Count > 20, section);
        Assert.Empty(codes.Except(ErrorAdvice.Codes));
    }

    private static OutboundMessage Draft() =>
        new(Sid.Create("SM", 3), Account, "+14155550100", "Hello")
        {
            MessagingServiceSid = Sid.Create("MG", 2), StatusCallback = "http://localhost/status",
        };

    private static Message Sent(params MessageStatus[] way) => Message.Accept(Draft(), Noon).Through(way);

    private static Message Ended(MessageStatus status, int code)
    {
        var message = status == Failed ? Sent() : Sent(Queued, Sending, MessageStatus.Sent);
        message.TransitionTo(status, Noon, code);
        return message;
    }

    private static IReadOnlyList<string> AdviceOf(
        Message message, IReadOnlyList<CarrierRule>? rules = null, bool isFrozen = false) =>
        new AdvisedMessage(message, [], rules ?? [], Noon, isFrozen).Advice();

    private static CarrierRule Rule(int number, CarrierOutcome outcome, int? code) =>
        new(Sid.Create(SidPrefix.CarrierRule, (UInt128)number), Account, Noon) { Outcome = outcome, ErrorCode = code };

    // 11200 to 11216, 63019
    private static IEnumerable<int> Codes(string cell) => Number.Matches(cell)
        .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MessagingServices.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "messages.md");
    }

    [GeneratedRegex("## Errors a message can fail with.*?\n## ", RegexOptions.Singleline)]
    private static partial Regex ErrorTable { get; }

    [GeneratedRegex(@"^\| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"\d{5}")]
    private static partial Regex Number { get; }
}

/// <summary>Moves messages of tests on.</summary>
internal static class MessagesOnTheirWay
{
    /// <summary>The message after these statuses.</summary>
    public static Message Through(this Message message, params IEnumerable<MessageStatus> way)
    {
        foreach (var status in way)
        {
            if (status == Queued) message.QueueWith("+14155550199", null, smartEncoding: false, message.DateCreated);
            else message.TransitionTo(status, message.DateCreated);
        }

        return message;
    }
}
