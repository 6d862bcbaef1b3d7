using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class EndpointLimiterTests
{
    private readonly HandClock clock = new();
    private readonly EndpointLimiter lanes;
    private int sids;

    public EndpointLimiterTests() => lanes = new(new WebhookOptions { MaxConcurrency = 64, MaxConcurrencyPerEndpoint = 16 }, clock);

    [Fact]
    public void An_endpoint_of_which_nothing_is_known_gets_one_request()
    {
        Add("new", 5);

        Assert.Single(StartAll());
        Assert.Equal(0, QuotaOf("new"));
    }

    [Fact]
    public void A_prompt_endpoint_gets_its_full_width()
    {
        MakePrompt("prompt");
        Add("prompt", 30);

        Assert.Equal(16, StartAll().Count);
    }

    [Fact]
    public void An_endpoint_that_answers_again_gets_its_full_width_back()
    {
        MakeFailing("lame");
        Add("lame", 30);
        var started = StartAll();
        Assert.Equal(4, started.Count);

        End(started[0], answered: true);

        Assert.Equal(13, StartAll().Count);
    }

    [Fact]
    public void An_endpoint_that_is_silent_for_longer_than_a_second_is_failing_before_its_requests_time_out()
    {
        MakePrompt("silent");
        Add("silent", 40);
        var started = StartAll();

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(24 - 4, lanes.TakeSurplus().Count);
        started.Take(13).ToList().ForEach(one => End(one, answered: null));
        Assert.Single(StartAll());
        Assert.Equal(0, QuotaOf("silent"));
    }

    [Fact]
    public void Slow_endpoints_leave_half_of_all_requests_to_others()
    {
        MakePrompt("prompt");
        for (var i = 0; i < 40; i++) MakeFailing($"dead{i}");
        for (var i = 0; i < 40; i++) Add($"dead{i}", 10);
        Assert.Equal(32, StartAll().Count);

        Add("prompt", 20);
        Assert.Equal(16, StartAll().Count(one => one.Webhook.Endpoint == "prompt"));
    }

    [Fact]
    public void Endpoints_that_die_all_at_once_leave_room_for_another()
    {
        for (var i = 0; i < 8; i++) MakePrompt($"dying{i}");
        MakePrompt("healthy");
        for (var i = 0; i < 8; i++) Add($"dying{i}", 16);
        var dead = StartAll();
        clock.Advance(TimeSpan.FromSeconds(2));
        lanes.TakeSurplus();
        Assert.True(dead.Count < 64);

        Add("healthy", 10);

        Assert.InRange(StartAll().Count(one => one.Webhook.Endpoint == "healthy"), 4, 10);
    }

    [Fact]
    public void Endpoints_take_turns()
    {
        for (var i = 0; i < 3; i++) MakePrompt($"{i}");
        for (var i = 0; i < 3; i++) Add($"{i}", 3);

        Assert.Equal(["0", "1", "2", "0", "1", "2", "0", "1", "2"], StartAll().Select(one => one.Webhook.Endpoint));
    }

    [Fact]
    public void Never_are_more_under_way_or_claimed_than_the_settings_say()
    {
        for (var i = 0; i < 100; i++) MakePrompt($"{i}");
        for (var i = 0; i < 100; i++) Add($"{i}", Math.Min(QuotaOf($"{i}"), lanes.Room));

        Assert.Equal(0, lanes.Room);
        Assert.Equal(4 * 64, lanes.Held.Count);
        Assert.Equal(64, StartAll().Count);
    }

    [Fact]
    public void Claims_are_held_until_they_are_recorded()
    {
        Add("new", 1);
        var started = Assert.Single(StartAll());
        End(started, answered: true);
        Assert.Equal([started.Webhook.Webhook.Sid], lanes.Held);

        lanes.Forget([started.Webhook]);

        Assert.Empty(lanes.Held);
    }

    [Fact]
    public void A_webhook_that_is_claimed_again_stays_held_when_its_first_claim_is_forgotten()
    {
        var webhook = New();
        ClaimedWebhook first = new(webhook, "one", "token");
        ClaimedWebhook second = new(webhook, "one", "token");
        lanes.Add("one", [first], filled: false, lookAfter: 0, lanes.Era);
        var started = Assert.Single(StartAll());
        End(started, answered: true);
        lanes.Add("one", [second], filled: false, lookAfter: 0, lanes.Era);

        lanes.Forget([first]);

        Assert.Equal([webhook.Sid], lanes.Held);
        Assert.Same(second, Assert.Single(StartAll()).Webhook);
    }

    [Fact]
    public void What_is_dropped_is_not_started_and_its_claims_are_freed()
    {
        Add("one", 3);
        var started = Assert.Single(StartAll());

        lanes.DropWaiting();

        End(started, answered: true);
        Assert.Empty(StartAll());
        Assert.Equal([started.Webhook.Webhook.Sid], lanes.Held);
        Assert.Equal(2, lanes.TakeSurplus().Count);
        Assert.Empty(lanes.TakeSurplus());
        Assert.Equal(4 * 64, lanes.Room);
    }

    [Fact]
    public void What_is_dropped_and_claimed_again_is_not_freed()
    {
        var webhook = New();
        lanes.Add("one", [new(webhook, "one", "token")], filled: false, lookAfter: 0, lanes.Era);
        lanes.DropWaiting();

        lanes.Add("one", [new(webhook, "one", "token")], filled: false, lookAfter: 0, lanes.Era);

        Assert.Empty(lanes.TakeSurplus());
        Assert.Equal([webhook.Sid], lanes.Held);
        Assert.Single(StartAll());
    }

    [Fact]
    public void A_claim_that_was_being_made_when_all_was_dropped_is_given_up()
    {
        var webhook = New();
        var began = lanes.Era;
        lanes.DropWaiting();

        lanes.Add("one", [new(webhook, "one", "token")], filled: true, lookAfter: 0, began);

        Assert.Empty(StartAll());
        Assert.Equal([webhook.Sid], lanes.TakeSurplus());
    }

    private void MakePrompt(string endpoint) => Answer(endpoint, answered: true);

    private void MakeFailing(string endpoint) => Answer(endpoint, answered: false);

    private void Answer(string endpoint, bool answered)
    {
        Add(endpoint, 1);
        var started = Assert.Single(StartAll());
        End(started, answered);
        lanes.Forget([started.Webhook]);
    }

    private void Add(string endpoint, int count) =>
        lanes.Add(endpoint, [.. Enumerable.Range(0, count).Select(_ => new ClaimedWebhook(New(), endpoint, "token"))], filled: true, lookAfter: 0, lanes.Era);

    private Webhook New() => new(Sid.Create(SidPrefix.Webhook, (UInt128)(++sids)), Guid.Empty, new StatusCallback(
        Sid.Create(SidPrefix.Account, 1), Sid.Create(SidPrefix.TextMessage, 1), "http://example.com/", [], DateTimeOffset.UnixEpoch));

    private List<(ClaimedWebhook Webhook, long Started)> StartAll()
    {
        List<(ClaimedWebhook, long)> all = [];
        while (lanes.TryStart(out var next, out var started)) all.Add((next, started));
        return all;
    }

    private void End((ClaimedWebhook Webhook, long Started) one, bool? answered) => lanes.End(one.Webhook, one.Started, answered);

    private int QuotaOf(string endpoint) => lanes.Quotas().Single(quota => quota.Endpoint == endpoint).Quota;

    private sealed class HandClock : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
