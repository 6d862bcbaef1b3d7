using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>The messages in the memory of a server.</summary>
public sealed class OwnedMessagesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);

    private readonly ClockStates clocks = new();
    private OwnedMessages memory;
    private readonly List<Sid> released = [];

    public OwnedMessagesTests()
    {
        memory = New(maxMessages: 3);
        memory.Released += released.AddRange;
    }

    [Fact]
    public void Messages_come_in_the_order_in_which_they_were_committed()
    {
        var (first, second) = (Add(1), Add(2));

        memory.Start([first]);
        Assert.Equal([first], memory.Take(MessageStage.SelectSender, 10));
        memory.PutBack(MessageStage.SelectSender, [first]);
        memory.Start([second]);

        Assert.Empty(memory.Take(MessageStage.HandToCarrier, 10));
        Assert.Equal([first], memory.Take(MessageStage.SelectSender, 1));
        Assert.Equal([second], memory.Take(MessageStage.SelectSender, 1));
        Assert.Empty(memory.Take(MessageStage.SelectSender, 1));
    }

    [Fact]
    public void Memory_has_a_limit_and_may_be_closed()
    {
        foreach (var number in new[] { 1, 2, 3 }) Add(number);
        Assert.False(memory.TryAdd(Message(4), out _));

        memory.Release([Message(1).Sid]);
        Add(4);
        memory.Release([Message(2).Sid]);
        memory.Close();

        Assert.False(memory.TryAdd(Message(5), out _));
    }

    [Fact]
    public void Messages_that_have_left_do_not_stay_until_their_reports_are_due()
    {
        for (var number = 1; number <= 5000; number++)
        {
            var owned = Add(number);
            Apply(owned, Report(owned, seconds: 3600));
            memory.Release([owned.Message.Sid]);
        }

        Assert.InRange(memory.WaitingReports, 0, 1001);
    }

    [Fact]
    public void A_report_comes_when_it_is_due()
    {
        var (later, sooner) = (Add(1), Add(2));
        Apply(later, Report(later, seconds: 20));
        Apply(sooner, Report(sooner, seconds: 10));

        Assert.Equal(Now.AddSeconds(10), memory.NextReport);
        Assert.Empty(memory.TakeReports(Now.AddSeconds(9), 10));
        Assert.Equal([sooner], memory.TakeReports(Now.AddSeconds(15), 10));
        memory.PutBack(stage: null, [sooner]);
        Assert.Equal([sooner, later], memory.TakeReports(Now.AddSeconds(20), 10));
    }

    [Fact]
    public void A_message_finishes_with_its_last_callback()
    {
        var owned = Add(1);
        var sid = owned.Message.Sid;
        memory.Apply([new(owned, owned.Message) { Next = Report(owned, 0), Callbacks = 1 }]);
        Assert.Empty(memory.FinishedBy([sid]));
        memory.TakeReports(Now, 1);
        memory.Apply([new(owned, owned.Message) { Callbacks = 2 }]);

        Assert.Empty(memory.FinishedBy([sid, sid]));
        memory.Recorded([sid], []);
        Assert.Equal([sid], memory.FinishedBy([sid, sid]));
        memory.Recorded([sid, sid], [sid]);

        Assert.False(memory.Contains(sid));
        Assert.Empty(memory.Leaving.DrainReleased());
    }

    [Fact]
    public void A_message_that_finishes_while_its_last_callback_is_recorded_is_removed_afterwards()
    {
        var owned = Add(1);
        memory.Apply([new(owned, owned.Message) { Next = Report(owned, 0), Callbacks = 1 }]);
        memory.TakeReports(Now, 1);
        // Nobody saw it end: the record was prepared before the report, and the report before the record.
        memory.Recorded([owned.Message.Sid], []);

        memory.Apply([new(owned, owned.Message)]);

        Assert.Equal([owned.Message.Sid], memory.Leaving.DrainReleased());
    }

    [Fact]
    public void A_released_message_is_in_no_stage_any_more()
    {
        var owned = Add(1);
        memory.Start([owned]);

        memory.Release([owned.Message.Sid, Message(2).Sid]);

        Assert.Empty(memory.Take(MessageStage.SelectSender, 1));
        Assert.Equal([owned.Message.Sid], released);
        Assert.Equal([owned.Message.Sid], memory.Leaving.DrainReleased());
        Assert.Empty(memory.Leaving.DrainReleased());
        memory.PutBack(MessageStage.SelectSender, [owned]);
        Apply(owned, Report(owned, 0));
        Assert.Empty(memory.Take(MessageStage.SelectSender, 1));
        Assert.Empty(memory.TakeReports(Now, 1));
    }

    [Fact]
    public void All_messages_are_forgotten_without_a_release()
    {
        memory.Start([Add(1)]);
        Apply(Add(2), Report(Add(3), 0));

        memory.ForgetAll();

        Assert.Equal(0, memory.Count);
        Assert.Equal(3, released.Count);
        Assert.Empty(memory.Leaving.DrainReleased());
        Assert.Empty(memory.Take(MessageStage.SelectSender, 1));
        Assert.Empty(memory.TakeReports(Now, 1));
        Assert.Equal(1, memory.ForgottenCount);
    }

    [Fact]
    public void Committed_messages_of_an_account_are_forgotten_and_others_go_on()
    {
        var (committed, uncommitted) = (Add(1), Add(2));
        memory.Start([committed]);
        Assert.Equal([committed.Message.Sid], memory.CommittedOf(committed.Message.AccountSid));
        Assert.Empty(memory.CommittedOf(Sid.Create(SidPrefix.Account, 99)));

        memory.Forget([committed.Message.Sid]);
        memory.Start([uncommitted]);

        Assert.Same(uncommitted, Assert.Single(memory.Take(MessageStage.SelectSender, 2)));
        Assert.Equal([committed.Message.Sid], released);
        Assert.Empty(memory.Leaving.DrainReleased());
    }

    [Fact]
    public void Work_is_due_while_a_stage_has_the_message_and_when_its_report_is_due()
    {
        var owned = Add(1);
        memory.Start([owned]);
        Assert.True(IsDue(seconds: 0));
        memory.Take(MessageStage.SelectSender, 1);
        Assert.True(IsDue(seconds: 0));
        Apply(owned, Report(owned, seconds: 10));
        Assert.False(IsDue(seconds: 9));
        Assert.True(IsDue(seconds: 10));
        Assert.False(memory.HasDueStep(Account, Now.AddSeconds(10), _ => false));

        memory.TakeReports(Now.AddSeconds(10), 1);
        memory.Apply([new(owned, owned.Message) { Callbacks = 1 }]);

        Assert.False(IsDue(seconds: 10));
        Assert.Equal([owned.Message.Sid], memory.WithCallbacks(Account, _ => true));

        bool IsDue(int seconds) => memory.HasDueStep(Account, Now.AddSeconds(seconds), _ => true);
    }

    [Fact]
    public void A_move_of_the_clock_waits_for_messages_that_leave_until_they_are_in_the_queues()
    {
        foreach (var number in new[] { 1, 2 }) Apply(Add(number), Report(Add(number), seconds: 3600));
        memory.Release([Message(1).Sid]);
        var first = memory.Leaving.Departures;
        Assert.True(HasDueStep(1));

        memory.ForgetAll();
        memory.Leaving.Settle(first);

        Assert.False(HasDueStep(1));
        Assert.True(HasDueStep(2));
        memory.Leaving.Settle(memory.Leaving.Departures);
        Assert.False(HasDueStep(2));

        bool HasDueStep(int number) => memory.HasDueStep(
            Message(1).AccountSid, Now, message => message.Sid == Message(number).Sid);
    }

    [Fact]
    public void Accounts_take_turns()
    {
        memory = New(maxMessages: 1000);
        memory.Start([.. Enumerable.Range(1, 500).Select(number => Add(number))]);
        var other = Add(501, account: 2);
        memory.Start([other]);

        Assert.Contains(other, memory.Take(MessageStage.SelectSender, 100));
        Assert.Equal(100, memory.Take(MessageStage.SelectSender, 100).Count);

        for (var number = 601; number <= 900; number++) Report(Add(number));
        var report = Add(901, account: 2);
        Report(report);
        Assert.Contains(report, memory.TakeReports(Now.AddSeconds(1), 100));

        void Report(OwnedMessage owned) => Apply(owned, OwnedMessagesTests.Report(owned, seconds: 0));
    }

    [Fact]
    public void A_report_waits_for_the_clock_of_its_account()
    {
        var (own, other) = (Add(1), Add(2, account: 2));
        Apply(own, Report(own, seconds: 20));
        Apply(other, Report(other, seconds: 10));

        clocks.Apply(new() { AccountSid = own.Message.AccountSid, FrozenAt = Now, Version = 1 });
        Assert.Equal([other], memory.TakeReports(Now.AddDays(1), 10));
        clocks.Apply(new() { AccountSid = own.Message.AccountSid, FrozenAt = Now.AddSeconds(20), Version = 2 });

        Assert.Equal([own], memory.TakeReports(Now.AddDays(1), 10));
        Apply(own, Report(own, seconds: 25));
        Assert.Empty(memory.TakeReports(Now.AddDays(1), 10));
        clocks.Apply(new() { AccountSid = own.Message.AccountSid, Offset = TimeSpan.FromSeconds(5), Version = 3 });
        Assert.Empty(memory.TakeReports(Now.AddSeconds(19), 10));
        Assert.Equal([own], memory.TakeReports(Now.AddSeconds(20), 10));
        Assert.Empty(memory.TakeReports(Now.AddDays(1), 10));
    }

    private OwnedMessages New(int maxMessages)
    {
        OwnedMessages made = new(new(Guid.Empty), new() { MaxMessagesInMemory = maxMessages }, new(),
            new(TimeProvider.System, new(), clocks, new()), clocks);
        made.Open();
        return made;
    }

    private OwnedMessage Add(int number, int account = 1)
    {
        Assert.True(memory.TryAdd(Message(number, account), out var owned));
        return owned;
    }

    private void Apply(OwnedMessage owned, CarrierDelivery next) =>
        memory.Apply([new(owned, owned.Message) { Next = next }]);

    private static Message Message(int number, int account = 1) => Domain.Messages.Message.Accept(
        new(Sid.Create(SidPrefix.TextMessage, (UInt128)number), Sid.Create(SidPrefix.Account, (UInt128)account),
            "+14155550100", "Hi")
        {
            MessagingServiceSid = Sid.Create(SidPrefix.MessagingService, 1),
        }, Now);

    private static CarrierDelivery Report(OwnedMessage owned, int seconds) => CarrierDelivery.Of(
        owned.Message.AccountSid, owned.Message.Sid, new(MessageStatus.Delivered, null, seconds * 1000, 0), Now);
}
