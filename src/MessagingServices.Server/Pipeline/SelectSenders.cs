using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Persistence.Queues;
using MessagingServices.Server.Selection;
using MessagingServices.Server.Time;

namespace MessagingServices.Server.Pipeline;

/// <summary>
/// Gives accepted messages, and scheduled ones whose time has come, a sender of their Messaging Service's pool and queues them; or fails
/// them when no sender can carry them. The whole step is one transaction, so a crash leaves the message where it was.
/// </summary>
public sealed class SelectSenders(
    PipelineTransactions transactions, ComplianceOptions compliance, EmulatorClock clock, PipelineSignals signals)
    : BatchStage(transactions, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        var due = await work.Db.LockDueAsync(MessageStage.SelectSender, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(entry => entry.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        var questions = messages.Values.Where(IsWaiting).ToDictionary(message => message.Sid, SelectionQuestion.Of);
        var readable = questions.Values.OfType<SelectionQuestion>().ToList();
        await work.Db.LockServicesAsync(readable.Select(question => question.MessagingServiceSid).Distinct(), cancellation);
        var rules = await CarrierRules.LockAsync(work.Db, [.. messages.Values.Where(message => message.From is null)], cancellation);
        var context = await SelectionContext.ReadAsync(work.Db, compliance, readable, rules, cancellation);
        var gone = await FindSenderlessAsync(work.Db, messages.Values, cancellation);
        foreach (var entry in due)
        {
            if (questions.TryGetValue(entry.MessageSid, out var question))
                Select(work.Batch, messages[entry.MessageSid], question, context, gone.Contains(entry.MessageSid), Clock.EffectiveTime(entry.Due));
            else
                work.Batch.Unqueue(entry.MessageSid);
        }

        await work.CommitAsync(CancellationToken.None);
        signals.Wake<HandToCarrier>();
        signals.Wake<PostStatusCallbacks>();
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

    private static void Select(
        MessageBatch batch, Message message, SelectionQuestion? question, SelectionContext context, bool isSenderGone, DateTimeOffset now)
    {
        var was = message.Status;
        if (question is null)
        {
            Fail(MessagingError.UnknownFailure);
            return;
        }

        if (context.ServiceOf(question) is null)
        {
            batch.Record(SenderSelection.WithoutRules(message.Sid, null, "The Messaging Service was deleted."));
            Fail(MessagingError.UnknownService);
            return;
        }

        if (message.From is { } named)
        {
            batch.Record(SenderSelection.WithoutRules(message.Sid, isSenderGone ? null : named,
                isSenderGone ? "The account has given the sender away that the message names." : "The message names its sender."));
            if (isSenderGone) Fail(MessagingError.FromNotUsable);
            else QueueWith(named, message.ChannelInstallSid);
            return;
        }

        var (choice, asked) = context.Select(question);
        foreach (var rule in asked) batch.UseRule(rule, message.Sid);
        batch.Record(SenderSelection.Of(message.Sid, choice));
        switch (choice)
        {
            case SenderChoice.Chosen { Sender: var sender }:
                if (context.Use(question, sender)) batch.Use(sender);
                QueueWith(sender.Address, sender.Sid.Prefix == SidPrefix.ChannelSender ? sender.Sid : null);
                break;
            case SenderChoice.Refused { Error: var error }:
                Fail(error);
                break;
        }

        var (remembered, forgotten) = context.Stick(question, choice, now);
        if (remembered is not null) batch.Remember(remembered);
        if (forgotten is not null) batch.Forget(forgotten);

        void QueueWith(string from, Sid? channelInstallSid)
        {
            batch.Move(message, was, message.QueueWith(from, channelInstallSid, now));
            batch.MoveOn(message.Sid, MessageStage.HandToCarrier, now);
        }

        void Fail(MessagingError error)
        {
            batch.Move(message, was, message.TransitionTo(MessageStatus.Failed, now, error.Code));
            batch.Unqueue(message.Sid);
        }
    }
}
