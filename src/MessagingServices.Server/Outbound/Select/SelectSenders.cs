using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;

namespace MessagingServices.Server.Outbound.Select;

/// <summary>
/// Gives accepted messages, and scheduled ones whose time has come, a sender of their Messaging Service's pool and queues them; or fails
/// them when no sender can carry them. The whole step is one transaction, so a crash leaves the message where it was.
/// </summary>
/// <remarks>
/// Where this process runs <see cref="HandToCarrier"/> too, messages are handed over in the same transaction: that saves their way through
/// the queue and one of the three times that they are written.
/// </remarks>
internal sealed class SelectSenders(
    MessageTransactions transactions, ComplianceOptions compliance, ThroughputOptions throughput, WayToCarrier way, EmulatorClock clock)
    : BatchStage(transactions, MessageStage.SelectSender, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        if (throughput.Simulate && !await work.Db.LockSchedulingAsync(MessageStage.SelectSender, Clock.GetUtcNow(), cancellation)) return 0;
        var due = await work.Db.LockDueAsync(MessageStage.SelectSender, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(entry => entry.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        var questions = messages.Values.Where(IsWaiting).ToDictionary(message => message.Sid, SelectionInput.Of);
        var readable = questions.Values.OfType<SelectionInput>().ToList();
        await work.Db.LockServicesAsync(readable.Select(question => question.MessagingServiceSid).Distinct(), cancellation);
        var rules = await CarrierRuleReader.LockAsync(work.Db, messages.Values, cancellation);
        var context = await SelectionContext.ReadAsync(work.Db, compliance, readable, rules, cancellation);
        var turns = throughput.Simulate
            ? await SendSchedule.LockAsync(work.Db, throughput.Rates, context.SendersFor(messages.Values), cancellation)
            : null;
        var gone = await FindSenderlessAsync(work.Db, messages.Values, cancellation);
        List<ReadyMessage> queued = [];
        foreach (var entry in due)
        {
            var now = Clock.EffectiveTime(entry.Due);
            if (questions.TryGetValue(entry.MessageSid, out var question)
                && TrySelect(work.Batch, messages[entry.MessageSid], question, context, turns, gone.Contains(entry.MessageSid), now) is { } selected)
                queued.Add(turns is null ? selected : selected with { Turn = new(turns.Join(selected.Message, now, work.Batch)) });
            else
                work.Batch.Unqueue(entry.MessageSid);
        }

        await way.SendOnAsync(work, queued, rules, cancellation);
        await work.CommitAsync(CancellationToken.None);
        way.Wake(queued);
        return due.Count;
    }

    private static bool IsWaiting(Message message) => message.Status is MessageStatus.Accepted or MessageStatus.Scheduled;

    /// <summary>The scheduled messages whose account no longer has the sender that they name.</summary>
    private static async Task<HashSet<Sid>> FindSenderlessAsync(MessagingDb db, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        HashSet<Sid> gone = [];
        foreach (var named in messages.Where(m => m is { Status: MessageStatus.Scheduled, From: not null }).GroupBy(m => (m.AccountSid, From: m.From!)))
        {
            if (SenderAddress.Parse(named.Key.From) is not { } address
                || await db.FindSenderAsync(named.Key.AccountSid, address, recipientCountry: null, cancellation) is null)
                gone.UnionWith(named.Select(message => message.Sid));
        }

        return gone;
    }

    /// <summary>Queues the message with a sender; null when it has failed.</summary>
    private ReadyMessage? TrySelect(
        WriteBatch batch, Message message, SelectionInput? question, SelectionContext context, SendSchedule? turns, bool isSenderGone,
        DateTimeOffset now)
    {
        var was = message.Status;
        if (question is null)
        {
            return Fail(MessagingError.UnknownFailure);
        }

        if (context.ServiceOf(question) is not { } service)
        {
            batch.Record(SenderSelection.WithoutRules(message.Sid, null, "The Messaging Service was deleted."));
            return Fail(MessagingError.UnknownService);
        }

        if (message.From is { } named)
        {
            var optOut = context.OptOutOf(question, named);
            batch.Record(SenderSelection.WithoutRules(message.Sid, isSenderGone || optOut is not null ? null : named,
                isSenderGone ? "The account has given the sender away that the message names."
                : optOut is not null ? $"The recipient has opted out of {optOut}." : "The message names its sender."));
            if (isSenderGone) return Fail(named.Contains(':', StringComparison.Ordinal) ? MessagingError.UnknownChannelFrom : MessagingError.FromNotUsable);
            if (optOut is not null) return Fail(MessagingError.OptedOut);
            var (isConverted, rule, drawingForMms) = context.ResolveMms(question, named);
            if (drawingForMms.Count > 0) batch.Draw(drawingForMms, CarrierMessage.Of(message));
            if (rule is not null) batch.UseRule(rule, message.Sid);
            return QueueWith(named, message.ChannelInstallSid, isConverted);
        }

        var (choice, asked, drawing, asSms) = context.Select(question, turns?.WaitingFor(question, now));
        if (drawing.Count > 0) batch.Draw(drawing, CarrierMessage.Of(message));
        foreach (var rule in asked) batch.UseRule(rule, message.Sid);
        batch.Record(SenderSelection.Of(message.Sid, choice));
        var (remembered, forgotten) = context.UpdateStickySender(question, choice, now);
        if (remembered is not null) batch.Remember(remembered);
        if (forgotten is not null) batch.Forget(forgotten);
        if (choice is not SenderChoice.Chosen { Sender: var sender }) return Fail(((SenderChoice.NoSender)choice).Error);
        if (context.Use(question, sender)) batch.Use(sender);
        return QueueWith(sender.Address, sender.Sid.Prefix == SidPrefix.ChannelSender ? sender.Sid : null, asSms);

        ReadyMessage QueueWith(string from, Sid? channelInstallSid, bool isConverted)
        {
            (string Text, IReadOnlyList<string> Tokens)? sms = isConverted ? way.Convert(message) : null;
            batch.Move(message, was, message.QueueWith(from, channelInstallSid, service.SmartEncoding, now, sms?.Text));
            return new(message, now) { LinkTokens = sms?.Tokens };
        }

        ReadyMessage? Fail(MessagingError error)
        {
            batch.Move(message, was, message.TransitionTo(MessageStatus.Failed, now, error.Code));
            return null;
        }
    }
}
