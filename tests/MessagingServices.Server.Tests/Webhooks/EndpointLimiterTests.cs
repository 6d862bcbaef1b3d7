using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class EndpointLimiterTests
{
    private readonly HandClock clock = new();
    private readonly EndpointLimiter limiter;
    private int sids;

    public EndpointLimiterTests() =>
        limiter = new(new WebhookOptions { MaxConcurrency = 64, MaxConcurrencyPerEndpoint = 16 }, clock);

    [Fact]
    public void An_unknown_endpoint_gets_one_request()
    {
        Add("new", 5);

        Assert.Single(StartAll());
        Assert.Equal(0, QuotaOf("new"));
    }

    [Fact]
    public void A_healthy_endpoint_gets_its_full_share()
    {
        MakeHealthy("healthy");
        Add("healthy", 30);

        Assert.Equal(16, StartAll().Count);
    }

    [Fact]
    public void An_endpoint_that_responds_again_gets_its_full_share()
    {
        foreach (var endpoint in new[] { "lame", "other", "third" }) MakeFailing(endpoint);
        Add("lame", 30);
        Add("other", 30);
        Add("third", 30);
        limiter.ReadQuotas();
        var started = StartAll().Where(request => request.Webhook.Endpoint == "lame").ToList();
        Assert.Equal(10, started.Count);

        End(started[0], hasResponded: true);

        Assert.Equal(7, StartAll().Count(request => request.Webhook.Endpoint == "lame"));
    }

    [Fact]
    public void An_endpoint_without_a_response_for_a_second_is_failing()
    {
        MakeHealthy("silent");
        Add("silent", 40);
        var started = StartAll();

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(24 - 16, limiter.ReleaseExcess().Webhooks.Count);
        started.Take(3).ToList().ForEach(request => End(request, hasResponded: null));
        Assert.Equal(3, StartAll().Count);
        Assert.Equal(0, QuotaOf("silent"));
    }

    [Fact]
    public void Failing_endpoints_leave_half_of_all_requests_to_others()
    {
        MakeHealthy("healthy");
        for (var i = 0; i < 40; i++) MakeFailing($"dead{i}");
        for (var i = 0; i < 40; i++) Add($"dead{i}", 10);
        Assert.Equal(32, StartAll().Count);

        Add("healthy", 20);
        Assert.Equal(16, StartAll().Count(request => request.Webhook.Endpoint == "healthy"));
    }

    [Fact]
    public void Endpoints_that_fail_at_the_same_time_leave_capacity_for_another()
    {
        for (var i = 0; i < 8; i++) MakeHealthy($"dying{i}");
        MakeHealthy("healthy");
        for (var i = 0; i < 8; i++) Add($"dying{i}", 16);
        var dead = StartAll();
        clock.Advance(TimeSpan.FromSeconds(2));
        limiter.ReleaseExcess();
        Assert.True(dead.Count < 64);

        Add("healthy", 10);

        Assert.InRange(StartAll().Count(request => request.Webhook.Endpoint == "healthy"), 4, 10);
    }

    [Fact]
    public void Endpoints_take_turns()
    {
        for (var i = 0; i < 3; i++) MakeHealthy($"{i}");
        for (var i = 0; i < 3; i++) Add($"{i}", 3);

        Assert.Equal(
            ["0", "1", "2", "0", "1", "2", "0", "1", "2"], StartAll().Select(request => request.Webhook.Endpoint));
    }

    [Fact]
    public void Requests_and_claims_never_exceed_the_settings()
    {
        for (var i = 0; i < 100; i++) MakeHealthy($"{i}");
        for (var i = 0; i < 100; i++) Add($"{i}", Math.Min(QuotaOf($"{i}"), limiter.Capacity));

        Assert.Equal(0, limiter.Capacity);
        Assert.Equal(4 * 64, limiter.Claims.Count);
        Assert.Equal(64, StartAll().Count);
    }

    [Fact]
    public void Claims_stay_until_their_results_are_stored()
    {
        Add("new", 1);
        var started = Assert.Single(StartAll());
        End(started, hasResponded: true);
        Assert.Equal([started.Webhook.Webhook.Sid], limiter.Claims);

        limiter.Remove([started.Webhook]);

        Assert.Empty(limiter.Claims);
    }

    [Fact]
    public void A_second_claim_of_a_webhook_stays_when_the_first_ends()
    {
        var webhook = New();
        ClaimedWebhook first = new(webhook, "one", "token");
        ClaimedWebhook second = new(webhook, "one", "token");
        limiter.Add(Claim("one", first), limiter.Generation);
        var started = Assert.Single(StartAll());
        End(started, hasResponded: true);
        limiter.Add(Claim("one", second), limiter.Generation);

        limiter.Remove([first]);

        Assert.Equal([webhook.Sid], limiter.Claims);
        Assert.Same(second, Assert.Single(StartAll()).Webhook);
    }

    [Fact]
    public void A_released_webhook_is_not_started_and_is_returned_for_release()
    {
        Add("one", 3);
        var started = Assert.Single(StartAll());

        limiter.ReleaseWaiting();

        End(started, hasResponded: true);
        Assert.Empty(StartAll());
        Assert.Equal([started.Webhook.Webhook.Sid], limiter.Claims);
        Assert.Equal(2, limiter.ReleaseExcess().Webhooks.Count);
        Assert.Empty(limiter.ReleaseExcess().Webhooks);
        Assert.Equal(4 * 64, limiter.Capacity);
    }

    [Fact]
    public void A_webhook_that_is_claimed_again_is_not_returned_for_release()
    {
        var webhook = New();
        limiter.Add(Claim("one", new ClaimedWebhook(webhook, "one", "token")), limiter.Generation);
        limiter.ReleaseWaiting();

        limiter.Add(Claim("one", new ClaimedWebhook(webhook, "one", "token")), limiter.Generation);

        Assert.Empty(limiter.ReleaseExcess().Webhooks);
        Assert.Equal([webhook.Sid], limiter.Claims);
        Assert.Single(StartAll());
    }

    [Fact]
    public void A_claim_that_ran_during_a_release_of_all_is_released()
    {
        var webhook = New();
        var began = limiter.Generation;
        limiter.ReleaseWaiting();

        limiter.Add(Claim("one", new ClaimedWebhook(webhook, "one", "token")), began);

        Assert.Empty(StartAll());
        Assert.Equal([webhook.Sid], limiter.ReleaseExcess().Webhooks);
    }

    [Fact]
    public void The_webhooks_of_an_account_are_released_and_those_of_others_go_on()
    {
        var (waiting, running, other) = (New(), New(), New(account: 2));
        limiter.Add(Claim("one", new ClaimedWebhook(waiting, "one", "token")), limiter.Generation);
        var began = limiter.Generation;

        var claims = limiter.ClaimsOf(waiting.AccountSid);
        limiter.Add(
            Claim("one", new(running, "one", "token"), new ClaimedWebhook(other, "one", "token")), began);
        limiter.ReleaseWaiting(claims.ToHashSet());

        Assert.Same(waiting, Assert.Single(claims).Webhook);
        Assert.Same(other, Assert.Single(StartAll()).Webhook.Webhook);
        Assert.Equal(
            new[] { waiting.Sid, running.Sid }.ToHashSet(), limiter.ReleaseExcess().Webhooks.ToHashSet());
    }

    private void MakeHealthy(string endpoint) => Respond(endpoint, hasResponded: true);

    private void MakeFailing(string endpoint) => Respond(endpoint, hasResponded: false);

    private void Respond(string endpoint, bool hasResponded)
    {
        Add(endpoint, 1);
        var started = Assert.Single(StartAll());
        End(started, hasResponded);
        limiter.Remove([started.Webhook]);
    }

    private void Add(string endpoint, int count) =>
        limiter.Add(
            Claim(endpoint, [.. Enumerable.Range(0, count).Select(_ => new ClaimedWebhook(New(), endpoint, "token"))]),
            limiter.Generation);

    private static EndpointClaim Claim(string endpoint, params ClaimedWebhook[] webhooks) =>
        new(endpoint, [.. webhooks.Select(claim => claim.Webhook.Sid)], LimitReached: true, Cursor: 0)
        {
            Webhooks = webhooks,
        };

    private Webhook New(int account = 1)
    {
        var message = Sid.Create(SidPrefix.TextMessage, (UInt128)(++sids));
        var callback = new StatusCallback(
            Sid.Create(SidPrefix.Account, (UInt128)account), message, "http://example.com/", [],
            DateTimeOffset.UnixEpoch);
        return new(callback with { Number = 1 });
    }

    private List<(ClaimedWebhook Webhook, long Started)> StartAll()
    {
        List<(ClaimedWebhook, long)> all = [];
        while (limiter.TryStart(out var next, out var started)) all.Add((next, started));
        return all;
    }

    private void End((ClaimedWebhook Webhook, long Started) request, bool? hasResponded) =>
        limiter.End(request.Webhook, request.Started, hasResponded);

    private int QuotaOf(string endpoint) => limiter.ReadQuotas().Single(quota => quota.Endpoint == endpoint).Max;

    private sealed class HandClock : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
