using CsCheck;

namespace MessagingServices.Domain.Tests.Throughput;

public sealed class SenderBacklogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    [Fact]
    public void Idle_sender_sends_at_once()
    {
        Assert.Equal(Noon, NewQueue().Reserve(Segments(3), Noon, Never));
    }

    [Fact]
    public void Message_waits_for_all_queued_segments()
    {
        var queue = NewQueue();
        queue.Reserve(Segments(3), Noon, Never);

        Assert.Equal(Noon.AddSeconds(3), queue.Reserve(Segments(1), Noon, Never));
        Assert.Equal(Noon.AddSeconds(4), queue.Reserve(Segments(1), Noon.AddSeconds(2), Never));
        Assert.Equal(3, queue.QueueLength(Noon.AddSeconds(2), perSecond: 1));
    }

    [Fact]
    public void Idle_time_is_not_saved()
    {
        var queue = NewQueue();
        queue.Reserve(Segments(1), Noon, Never);

        Assert.Equal(Noon.AddHours(1), queue.Reserve(Segments(1), Noon.AddHours(1), Never));
        Assert.Equal(Noon.AddHours(1).AddSeconds(1), queue.Reserve(Segments(1), Noon.AddHours(1), Never));
    }

    [Fact]
    public void Max_queue_length_is_ten_hours_of_segments()
    {
        var queue = NewQueue();
        for (var i = 0; i < 36_000; i++) Assert.NotNull(queue.Reserve(Segments(1), Noon, Never));

        Assert.Null(queue.Reserve(Segments(1), Noon, Never));
        Assert.NotNull(queue.Reserve(Segments(1), Noon.AddSeconds(1), Never));
    }

    [Fact]
    public void Queue_without_a_limit_is_never_full()
    {
        var queue = NewQueue();
        var effort = new SendingEffort(new("rcs:agent", 1, HasLimit: false), 1);
        for (var i = 0; i < 36_001; i++) Assert.NotNull(queue.Reserve(effort, Noon, Never));
    }

    [Fact]
    public void Message_after_its_validity_period_uses_no_capacity()
    {
        var queue = NewQueue();
        queue.Reserve(Segments(10), Noon, Never);

        Assert.Equal(Noon.AddSeconds(10), queue.Reserve(Segments(5), Noon, validUntil: Noon.AddSeconds(10)));
        Assert.Equal(Noon.AddSeconds(10), queue.Reserve(Segments(1), Noon, Never));
    }

    [Fact]
    public void Send_slots_are_in_order_and_never_exceed_the_rate() =>
        Gen.Select(Gen.Int[1, 20], Gen.Select(Gen.Int[1, 11], Gen.Int[0, 3000]).Array[1, 60]).Sample((rate, messages) =>
        {
            var queue = NewQueue();
            var now = Noon;
            List<(DateTimeOffset Slot, int Units)> sent = [];
            foreach (var (units, pauseMs) in messages)
            {
                now = now.AddMilliseconds(pauseMs);
                var slot = queue.Reserve(new(new("+14155550100", rate), units), now, Never)!.Value;
                if (slot < now || (sent.Count > 0 && slot < sent[^1].Slot)) return false;
                sent.Add((slot, units));
            }

            // Between two slots, the sender has the time for all messages in between.
            for (var i = 0; i < sent.Count; i++)
                for (var (k, units) = (i + 1, sent[i].Units); k < sent.Count; units += sent[k++].Units)
                    if ((sent[k].Slot - sent[i].Slot).TotalSeconds < ((double)units / rate) - 1e-3) return false;
            return true;
        });

    private static SenderBacklog NewQueue() => new(Sid.Create(SidPrefix.Account, 1), "+14155550100");

    private static SendingEffort Segments(int units) => new(new("+14155550100", 1), units);
}
