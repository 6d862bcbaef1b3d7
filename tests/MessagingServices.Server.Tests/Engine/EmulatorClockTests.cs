using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Tests.Engine;

public sealed class EmulatorClockTests
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly ClockStates states = new();

    [Fact]
    public void A_time_after_the_one_at_which_a_change_has_frozen_the_clock_meanwhile_is_not_shown()
    {
        InterruptedTime time = new(Start.AddSeconds(1),
            () => states.Hold(new() { AccountSid = Account, FrozenAt = Start }));

        Assert.Equal(Start, new EmulatorClock(time, new(), states, new()).Now(Account));
    }

    [Fact]
    public async Task Who_reads_the_clock_while_it_is_being_frozen_gets_the_frozen_time()
    {
        states.Pause(Account);
        var reading = Task.Run(() => states[Account]);

        ClockState held = new() { AccountSid = Account, FrozenAt = Start };
        states.Hold(held);

        Assert.Same(held, await reading);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_real_clock()
    {
        ClockState stored = new() { AccountSid = Account };
        ClockState held = new() { AccountSid = Account, FrozenAt = Start };
        states.Pause(Account);
        states.Hold(held);

        states.Release(held, stored);

        Assert.True(states[Account].IsReal);
    }

    /// <summary>Something happens while the time is read.</summary>
    private sealed class InterruptedTime(DateTimeOffset now, Action happens) : TimeProvider
    {
        private bool hasHappened;

        public override DateTimeOffset GetUtcNow()
        {
            if (!hasHappened) happens();
            hasHappened = true;
            return now;
        }
    }
}
