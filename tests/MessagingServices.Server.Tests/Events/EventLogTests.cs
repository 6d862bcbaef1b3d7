using MessagingServices.Server.Events;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace MessagingServices.Server.Tests.Events;

/// <summary>The log of an account's events, in which each client has its place.</summary>
public sealed class EventLogTests
{
    private static readonly Sid Account = Sid.Parse(MessagingServer.AccountSid);
    private static readonly EventFilter Everything = new(EventTypes.All, null);

    private readonly FakeTimeProvider time = new();
    private readonly EventLog log;

    public EventLogTests() => log = new("log", time);

    [Fact]
    public void A_client_gets_what_came_after_its_place()
    {
        Add("a", "b");
        var place = log.Last;
        Add("c");

        Assert.Equal(["a", "b", "c"], Keys(log.ReadAfter(0, Everything, isSlow: false)));
        Assert.Equal(["c"], Keys(log.ReadAfter(place, Everything, isSlow: false)));
        Assert.Empty(Keys(log.ReadAfter(log.Last, Everything, isSlow: false)));
    }

    [Fact]
    public void Events_of_one_thing_are_merged_for_a_client_that_comes_back()
    {
        Add("a", "b");
        Add("a");

        var read = log.ReadAfter(0, Everything, isSlow: false);

        Assert.Equal(["b", "a"], Keys(read));
        Assert.Equal([2, 3], read.Events.Select(entry => entry.Change.Number));
    }

    [Fact]
    public void An_id_of_another_log_or_of_the_future_is_unknown()
    {
        Add("a");

        Assert.Equal(1, log.NumberOf(log.IdOf(1)));
        Assert.All(["", "x", "log", "log-", "log-2", "log--1", "log-x", "other-1", "log1", "log-99999999999999999999"],
            id => Assert.Null(log.NumberOf(id)));
    }

    [Fact]
    public void A_client_that_comes_back_within_60_seconds_misses_nothing()
    {
        Add("a");
        time.Advance(TimeSpan.FromSeconds(60));
        Add("b");
        Assert.Equal(["a", "b"], Keys(log.ReadAfter(0, Everything, isSlow: false)));

        time.Advance(TimeSpan.FromSeconds(15));
        Add("c");

        Assert.True(log.ReadAfter(0, Everything, isSlow: false).IsLost);
        Assert.Equal(["b", "c"], Keys(log.ReadAfter(1, Everything, isSlow: false)));
    }

    [Fact]
    public void A_client_that_comes_back_late_gets_all_in_frames_of_500()
    {
        for (var i = 0; i < 7; i++) Add([.. Enumerable.Range(0, 200).Select(n => $"{i}/{n}")]);
        List<string> got = [];

        for (var place = 0L; place < log.Last;)
        {
            var read = log.ReadAfter(place, Everything, isSlow: false);
            Assert.False(read.IsLost);
            Assert.InRange(read.Events.Count, 1, PendingChanges.Max);
            got.AddRange(Keys(read));
            place = read.Through;
        }

        Assert.Equal(1400, got.Distinct().Count());
    }

    [Fact]
    public void A_client_that_has_not_read_1_MB_reads_again()
    {
        for (var i = 0; i < 9; i++) log.Add([Of($"{i}", new byte[100_000])], EventTypes.None);
        Assert.Equal(9, log.ReadAfter(0, Everything, isSlow: true).Events.Count);

        for (var i = 0; i < 2; i++) log.Add([Of($"more {i}", new byte[100_000])], EventTypes.None);

        Assert.True(log.ReadAfter(0, Everything, isSlow: true).IsLost);
        Assert.False(log.ReadAfter(0, Everything, isSlow: false).IsLost);
        Assert.False(log.ReadAfter(0, new(EventTypes.ClockUpdated, null), isSlow: true).IsLost);
    }

    [Fact]
    public void Only_a_client_that_wants_the_lost_events_reads_again()
    {
        log.Add([], EventTypes.MessageUpdated);
        Add("a");

        Assert.True(log.ReadAfter(0, Everything, isSlow: false).IsLost);
        Assert.Equal(["a"], Keys(log.ReadAfter(0, new(EventTypes.MessageCreated, null), isSlow: false)));
        Assert.Equal(["a"], Keys(log.ReadAfter(1, Everything, isSlow: false)));
    }

    [Fact]
    public void The_data_of_old_events_is_not_kept_and_is_read_again()
    {
        for (var i = 0; i < 60; i++) log.Add([Of($"{i}", new byte[100_000])], EventTypes.None);

        var read = log.ReadAfter(0, Everything, isSlow: false).Events;

        Assert.Equal(60, read.Count);
        Assert.Null(read[0].Data);
        Assert.NotNull(read[^1].Data);
        Assert.True(read.Sum(entry => entry.Data?.Length ?? 0) <= 4 * 1024 * 1024);
    }

    [Fact]
    public void A_filter_by_messaging_service_leaves_the_events_of_the_account()
    {
        var service = Sid.Parse("MG00000000000000000000000000000001");
        EventFilter filter = new(EventTypes.All, service);

        Assert.True(filter.Wants(new(EventTypes.MessageCreated, Account, "a") { MessagingServiceSid = service }));
        Assert.False(filter.Wants(new(EventTypes.MessageCreated, Account, "a")));
        Assert.False(filter.Wants(new(EventTypes.WebhookUpdated, Account, "a")));
        Assert.True(filter.Wants(new(EventTypes.Reset, Account, "a")));
    }

    private static IEnumerable<string> Keys(Unread read) => read.Events.Select(entry => entry.Change.Key);

    private void Add(params string[] keys) => log.Add([.. keys.Select(key => Of(key, [1]))], EventTypes.None);

    private static Change Of(string key, byte[] data) =>
        new(EventTypes.MessageCreated, Account, key) { Data = data };
}
