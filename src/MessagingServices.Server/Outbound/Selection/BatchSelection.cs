using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>Decides the senders of one batch of messages, one message after the other; each decision counts for the next.</summary>
internal sealed class BatchSelection(WriteBatch batch, SelectionContext context, SendSchedule? schedule, MediaLinks links)
{
    private readonly CarrierRows carrier = batch.Part<CarrierRows>();
    private readonly SelectionRows selections = batch.Part<SelectionRows>();

    /// <summary>The carrier rules for the messages, locked.</summary>
    public required CarrierRules Rules { get; init; }

    /// <summary>The scheduled messages whose account no longer has the sender that they name.</summary>
    public required IReadOnlySet<Sid> WithoutSender { get; init; }

    /// <summary>Queues the message with a sender; null when it has failed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">The emulator's time for this message.</param>
    public ReadyMessage? Decide(Message message, DateTimeOffset now)
    {
        // The recipient could be read when the message was accepted, by another version of the program.
        if (SelectionInput.Of(message) is not { } input) return Fail(message, MessagingError.UnknownFailure, now);
        if (context.ServiceOf(input) is not { } service)
        {
            selections.Add(SenderSelection.WithoutRules(message.Sid, null, "The Messaging Service was deleted."));
            return Fail(message, MessagingError.UnknownService, now);
        }

        return message.From is { } named ? Named(message, input, service, named, now) : Selected(message, input, service, now);
    }

    private ReadyMessage? Named(Message message, SelectionInput input, MessagingService service, string from, DateTimeOffset now)
    {
        var isGone = WithoutSender.Contains(message.Sid);
        var optOut = context.OptOutOf(input, from);
        selections.Add(SenderSelection.WithoutRules(message.Sid, isGone || optOut is not null ? null : from,
            isGone ? "The account no longer has the sender that the message names."
            : optOut is not null ? $"The recipient has opted out of {optOut}." : "The message names its sender."));
        if (isGone)
        {
            var isChannel = from.Contains(':', StringComparison.Ordinal);
            return Fail(message, isChannel ? MessagingError.UnknownChannelFrom : MessagingError.FromNotUsable, now);
        }

        if (optOut is not null) return Fail(message, MessagingError.OptedOut, now);
        var (isConverted, rule, samples) = context.ResolveMms(input, from);
        Record(message, samples, rule is null ? [] : [rule]);
        return Queue(message, from, message.ChannelInstallSid, isConverted, service, now);
    }

    private ReadyMessage? Selected(Message message, SelectionInput input, MessagingService service, DateTimeOffset now)
    {
        var (choice, asked, samples, isConverted) = context.Select(input, schedule?.WaitingFor(input.To.Country, now));
        Record(message, samples, asked);
        selections.Add(SenderSelection.Of(message.Sid, choice));
        var (set, removed) = context.UpdateStickySender(input, choice, now);
        if (set is not null) selections.SetSticky(set);
        if (removed is not null) selections.RemoveSticky(removed);
        if (choice is not SenderChoice.Chosen { Sender: var sender })
            return Fail(message, ((SenderChoice.NoSender)choice).Error, now);
        if (context.Use(input, sender)) selections.Use(sender);
        var channelSender = sender.Sid.Prefix == SidPrefix.ChannelSender ? sender.Sid : (Sid?)null;
        return Queue(message, sender.Address, channelSender, isConverted, service, now);
    }

    private void Record(Message message, IReadOnlyCollection<CarrierRule> samples, IReadOnlyCollection<CarrierRule> used)
    {
        if (samples.Count > 0) carrier.Sample(samples, CarrierMessage.Of(message));
        foreach (var rule in used) carrier.Use(rule, message.Sid);
    }

    private ReadyMessage Queue(
        Message message, string from, Sid? channelSender, bool isConverted, MessagingService service, DateTimeOffset now)
    {
        var was = message.Status;
        (string Text, IReadOnlyList<string> Tokens)? sms =
            isConverted ? links.Convert(message.Body, message.MediaUrls.Count) : null;
        batch.Move(message, was, message.QueueWith(from, channelSender, service.SmartEncoding, now, sms?.Text));
        return new(message, now)
        {
            NeedsMedia = message.MediaUrls.Count > 0,
            LinkTokens = sms?.Tokens,
            Slot = schedule is null ? null : new(schedule.Join(message, now, batch)),
        };
    }

    private ReadyMessage? Fail(Message message, MessagingError error, DateTimeOffset now)
    {
        batch.Move(message, message.Status, message.TransitionTo(MessageStatus.Failed, now, error.Code));
        return null;
    }
}
