using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// Selects the senders for a batch of messages, one message after the other. Each choice affects the next ones.
/// </summary>
internal sealed class BatchSelection(
    WriteBatch batch, SelectionContext context, SendSchedule? schedule, MediaLinks links)
{
    private readonly CarrierRows carrier = batch.Part<CarrierRows>();
    private readonly SelectionRows selections = batch.Part<SelectionRows>();

    /// <summary>What the senders are selected for, by message.</summary>
    public required IReadOnlyDictionary<Sid, SelectionInput> Inputs { get; init; }

    /// <summary>The carrier rules for the messages, locked in this transaction.</summary>
    public required CarrierRules Rules { get; init; }

    /// <summary>The scheduled messages that name a sender which the account no longer has.</summary>
    public required IReadOnlySet<Sid> WithoutSender { get; init; }

    /// <summary>Selects the sender and queues the message. Returns null when the message has failed.</summary>
    /// <param name="now">The emulator's time for this message.</param>
    public ReadyMessage? Decide(Message message, DateTimeOffset now)
    {
        // Another version of the server may have accepted a recipient that this version cannot parse.
        if (!Inputs.TryGetValue(message.Sid, out var input)) return Fail(message, MessagingError.UnknownFailure, now);
        if (context.ServiceOf(input) is not { } service)
        {
            selections.Add(message, SenderSelection.WithoutRules(
                message.AccountSid, null, "The Messaging Service was deleted."));
            return Fail(message, MessagingError.UnknownService, now);
        }

        return message.From is { } named
            ? QueueNamed(message, input, service, named, now)
            : QueueSelected(message, input, service, now);
    }

    private ReadyMessage? QueueNamed(
        Message message, SelectionInput input, MessagingService service, string from, DateTimeOffset now)
    {
        var isGone = WithoutSender.Contains(message.Sid);
        var optOut = context.OptOutOf(input, from);
        selections.Add(message, SenderSelection.WithoutRules(
            message.AccountSid, isGone || optOut is not null ? null : from,
            isGone ? "The account no longer has the sender that the message names."
            : optOut is not null ? $"The recipient has opted out of {optOut}." : "The message names its sender."));
        if (isGone)
        {
            var isChannel = from.Contains(':', StringComparison.Ordinal);
            return Fail(message, isChannel ? MessagingError.UnknownChannelFrom : MessagingError.UnusableFrom, now);
        }

        if (optOut is not null) return Fail(message, MessagingError.OptedOut, now);
        var (isConverted, rule, sampled) = context.ResolveMms(input, from);
        Record(message, rule is null ? [] : [rule], sampled);
        return Queue(message, from, message.ChannelInstallSid, isConverted, service, now);
    }

    private ReadyMessage? QueueSelected(
        Message message, SelectionInput input, MessagingService service, DateTimeOffset now)
    {
        var waiting = schedule?.WaitingFor(input.To.Country, now);
        var (choice, used, sampled, isConverted) = context.Select(input, waiting);
        Record(message, used, sampled);
        selections.Add(message, SenderSelection.Of(message.AccountSid, choice));
        var (set, removed) = context.UpdateStickySender(input, choice, now);
        if (set is not null) selections.SetSticky(set);
        if (removed is not null) selections.RemoveSticky(removed);
        if (choice is not SenderChoice.Chosen { Sender: var sender })
            return Fail(message, ((SenderChoice.NoSender)choice).Error, now);
        if (context.Use(input, sender)) selections.Use(sender);
        return Queue(message, sender.Address, sender.ChannelInstallSid, isConverted, service, now);
    }

    private void Record(
        Message message, IReadOnlyCollection<CarrierRule> used, IReadOnlyCollection<CarrierRule> sampled)
    {
        if (sampled.Count > 0) carrier.Sample(sampled, CarrierMessage.Of(message));
        foreach (var rule in used) carrier.Use(rule, message.Sid);
    }

    private ReadyMessage Queue(
        Message message, string from, Sid? channelInstallSid, bool isConverted, MessagingService service,
        DateTimeOffset now)
    {
        var was = message.Status;
        (string Text, IReadOnlyList<string> Tokens)? sms =
            isConverted ? links.Convert(message.Body, message.MediaUrls.Count) : null;
        batch.Move(message, was, message.QueueWith(from, channelInstallSid, service.SmartEncoding, now, sms?.Text));
        return new(message, now)
        {
            NeedsMedia = message.MediaUrls.Count > 0,
            LinkTokens = sms?.Tokens,
            Slot = schedule is null ? null : new(schedule.Reserve(message, now, batch)),
        };
    }

    private ReadyMessage? Fail(Message message, MessagingError error, DateTimeOffset now)
    {
        batch.Move(message, message.Status, message.TransitionTo(MessageStatus.Failed, now, error.Code));
        return null;
    }
}
