using CsCheck;
using MessagingServices.Server.Engine;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>Status callbacks that this server delivers from memory.</summary>
public sealed class OwnedCallbacksTests
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);

    private EndpointLimiter limiter = new(new WebhookOptions(), TimeProvider.System);

    [Fact]
    public void The_callbacks_of_a_message_start_one_after_the_other()
    {
        MakeHealthy();
        var (first, second) = (Own(1, 1), Own(1, 2, isLast: true));
        limiter.StartOwned([first, second]);

        Assert.Same(first, Assert.Single(StartAll()));
        limiter.Continue(first);
        Assert.Same(second, Assert.Single(StartAll()));
    }

    [Fact]
    public void A_callback_is_known_before_its_commit_and_starts_after_it()
    {
        MakeHealthy();
        var (first, second) = (Own(1, 1), Own(1, 2));
        Assert.Empty(StartAll());
        Assert.Equal(Sids(first, second), limiter.Claims.OrderBy(sid => sid.Value));

        limiter.StartOwned([first]);
        Assert.Single(StartAll());
        limiter.Continue(first);
        Assert.Empty(StartAll());

        limiter.StartOwned([second]);
        Assert.Same(second, Assert.Single(StartAll()));
    }

    [Fact]
    public void A_callback_is_left_to_a_claim_if_an_earlier_one_is_not_in_memory()
    {
        Assert.Null(TryOwn(1, 2));

        Own(2, 1);
        Assert.Null(TryOwn(2, 3));
        Assert.Null(TryOwn(2, 4));

        Own(3, 1);
        Assert.NotNull(TryOwn(3, 2));
    }

    [Fact]
    public void A_callback_whose_commit_failed_is_forgotten_and_may_be_added_again()
    {
        MakeHealthy();
        var first = Own(1, 1);
        limiter.StartOwned([first]);
        Assert.Single(StartAll());
        var failed = Own(1, 2, isLast: true);

        limiter.AbandonOwned([failed]);

        Assert.Equal(Sids(first), limiter.Claims);
        var second = Own(1, 2, isLast: true);
        limiter.StartOwned([second]);
        limiter.Continue(first);
        Assert.Same(second, Assert.Single(StartAll()));
    }

    [Fact]
    public void A_message_that_leaves_memory_takes_its_waiting_callbacks_along()
    {
        MakeHealthy();
        var (first, second) = (Own(1, 1), Own(1, 2));
        limiter.StartOwned([first, second]);
        Assert.Single(StartAll());
        var uncommitted = Own(1, 3);

        limiter.LeaveMessages([Message(1)]);

        limiter.Continue(first);
        limiter.StartOwned([uncommitted]);
        Assert.Empty(StartAll());
        Assert.Equal(Sids(first), limiter.Claims);
    }

    [Fact]
    public void A_stopping_server_takes_only_callbacks_behind_one_that_is_on_its_way()
    {
        MakeHealthy();
        var (sent, waiting) = (Own(1, 1), Own(2, 1));
        limiter.StartOwned([sent, waiting]);
        StartAll();
        limiter.Continue(sent);

        limiter.StopOwning();

        Assert.Null(TryOwn(1, 2));
        Assert.NotNull(TryOwn(2, 2));
        Assert.Null(TryOwn(3, 1));
    }

    [Fact]
    public void Requests_from_memory_leave_the_quota_of_claims()
    {
        MakeHealthy();
        limiter.StartOwned([.. Enumerable.Range(1, 100).Select(message => Own(message, 1))]);
        StartAll();

        Assert.Equal(512, limiter.ReadQuotas().Single(quota => quota.Endpoint == "http://example.com:80").Max);
    }

    [Fact]
    public void A_release_of_all_leaves_no_callback_that_could_start()
    {
        MakeHealthy();
        var (first, second) = (Own(1, 1), Own(1, 2));
        limiter.StartOwned([first]);

        limiter.ReleaseWaiting();
        limiter.LeaveMessages([Message(1)]);

        limiter.StartOwned([second]);
        Assert.Empty(StartAll());
        Assert.Equal([Message(1)], limiter.ReleaseExcess().Messages);
    }

    [Fact]
    public void Callbacks_to_an_endpoint_that_hangs_are_not_waited_for()
    {
        FakeTimeProvider time = new();
        limiter = new(new WebhookOptions(), time);
        limiter.StartOwned([Own(1, 1), Own(2, 1)]);
        Assert.Single(StartAll());

        Assert.True(limiter.HasCallbacks(new HashSet<Sid> { Message(2) }, TimeSpan.FromSeconds(2)));
        Assert.False(limiter.HasCallbacks(new HashSet<Sid> { Message(3) }, TimeSpan.FromSeconds(2)));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(limiter.HasCallbacks(new HashSet<Sid> { Message(2) }, TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(10_100, 10_035)]
    public void A_failing_endpoint_gets_no_more_callbacks_and_keeps_its_share_if_memory_fills(int owned, int released)
    {
        MakeHealthy();
        limiter.StartOwned([.. Enumerable.Range(1, owned).Select(message => Own(message, 1))]);
        Assert.True(limiter.TryStart(out var started, out var at));

        limiter.End(started, at, hasResponded: false);

        Assert.Equal(released, limiter.ReleaseExcess().Messages.Count);
        Assert.Null(TryOwn(20_000, 1));
        Assert.Equal(64, StartAll().Count);
    }

    [Fact]
    public void Claimed_and_owned_webhooks_of_an_endpoint_take_turns()
    {
        MakeHealthy();
        limiter.StartOwned([.. Enumerable.Range(1, 3).Select(message => Own(message, 1))]);
        var claimed = Enumerable.Range(11, 3).Select(message => new ClaimedWebhook(
            New(message, 1, isLast: false).Webhook, "http://example.com:80", "token")).ToList();
        limiter.Add(new("http://example.com:80", [.. claimed.Select(claim => claim.Webhook.Sid)], false, 0)
        {
            Webhooks = claimed,
        }, limiter.Generation);

        Assert.Equal([true, false, true, false, true, false], StartAll().Select(webhook => webhook.Chain is null));
    }

    [Fact]
    public void In_any_order_of_events_no_callback_passes_an_earlier_one_and_none_is_lost() =>
        Gen.Int[0, 6].Array[1, 60].Sample(events =>
        {
            var test = new OwnedCallbacksTests();
            test.MakeHealthy();
            var model = new Model(test);
            foreach (var next in events) model.Apply(next);
            model.Finish();
        });

    private ClaimedWebhook Own(int message, int number, bool isLast = false)
    {
        var claim = TryOwn(message, number, isLast);
        Assert.NotNull(claim);
        return claim;
    }

    private ClaimedWebhook? TryOwn(int message, int number, bool isLast = false) =>
        limiter.TryOwn(New(message, number, isLast), "token");

    private static NewCallback New(int message, int number, bool isLast)
    {
        var callback = new StatusCallback(Account, Message(message), "http://example.com/", [],
            DateTimeOffset.UnixEpoch) { Number = number, IsLast = isLast };
        return new(new(callback), callback);
    }

    private static Sid Message(int number) => Sid.Create(SidPrefix.TextMessage, (UInt128)number);

    private void MakeHealthy()
    {
        var claim = Own(1000, 1, isLast: true);
        limiter.StartOwned([claim]);
        Assert.True(limiter.TryStart(out var next, out var started));
        limiter.Continue(next);
        limiter.End(next, started, hasResponded: true);
        limiter.Remove([next]);
    }

    private List<ClaimedWebhook> StartAll()
    {
        List<ClaimedWebhook> all = [];
        while (limiter.TryStart(out var next, out _)) all.Add(next);
        return all;
    }

    private static IEnumerable<Sid> Sids(params ClaimedWebhook[] claims) =>
        claims.Select(claim => claim.Webhook.Sid).OrderBy(sid => sid.Value);

    private sealed class Model(OwnedCallbacksTests test)
    {
        private readonly List<ClaimedWebhook> owned = [];
        private readonly Queue<ClaimedWebhook> uncommitted = new();
        private readonly List<Sid> ended = [];
        private readonly HashSet<Sid> gone = [];
        private ClaimedWebhook? inFlight;
        private int callbacks;

        public void Apply(int next)
        {
            switch (next)
            {
                case 0 or 1 when callbacks < 3:
                    callbacks++;
                    if (test.TryOwn(1, number: callbacks, isLast: callbacks == 3) is { } claim)
                    {
                        owned.Add(claim);
                        uncommitted.Enqueue(claim);
                    }

                    break;
                case 2 when uncommitted.TryDequeue(out var committed):
                    test.limiter.StartOwned([committed]);
                    break;
                case 3 or 4:
                    End();
                    break;
                case 5 when uncommitted.Count > 0:
                    // The transaction is repeated: the message adds the same callbacks again.
                    test.limiter.AbandonOwned([.. uncommitted]);
                    callbacks -= uncommitted.Count;
                    owned.RemoveAll(uncommitted.Contains);
                    gone.ExceptWith(uncommitted.Select(webhook => webhook.Webhook.Sid));
                    uncommitted.Clear();
                    break;
                case 6:
                    test.limiter.LeaveMessages([Message(1)]);
                    gone.UnionWith(owned.Select(claim => claim.Webhook.Sid));
                    break;
                default:
                    break;
            }

            foreach (var started in test.StartAll())
            {
                Assert.Null(inFlight);
                Assert.DoesNotContain(started, uncommitted);
                inFlight = started;
            }
        }

        public void Finish()
        {
            while (uncommitted.TryDequeue(out var committed)) test.limiter.StartOwned([committed]);
            for (var i = 0; i < 4; i++) Apply(3);
            Assert.Equal(ended.OrderBy(sid => sid.Value), ended);
            Assert.Equal(owned.Select(claim => claim.Webhook.Sid).ToHashSet(), ended.Union(gone).ToHashSet());
            Assert.Empty(test.limiter.Claims);
        }

        private void End()
        {
            if (inFlight is not { } webhook) return;
            inFlight = null;
            ended.Add(webhook.Webhook.Sid);
            test.limiter.Continue(webhook);
            test.limiter.Remove([webhook]);
        }
    }
}
