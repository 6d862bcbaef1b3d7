using CsCheck;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>Endpoints that never respond, as the limiter treats them with the settings that users get.</summary>
public sealed class SilentEndpointTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int AtLeast = 50;
    private static readonly WebhookOptions Defaults = new();

    private static readonly Gen<(int Silent, int Healthy, int Each)> Mix =
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 4], Gen.Int[1, 200]);

    [Fact]
    public async Task A_single_one_gets_at_least_fifty_requests_at_once()
    {
        await using var silent = RawReceiver.Hanging();
        var number = await server.Api.Numbers.CreateNewAsync();
        for (var i = 0; i < AtLeast + 10; i++)
        {
            await server.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", number), ("Body", "Hi"),
                ("StatusCallback", $"http://{silent.Authority}/status"));
        }

        await Eventually.TrueAsync(() => silent.Connections >= AtLeast, () => $"It got {silent.Connections} requests.");
    }

    [Fact]
    public void Any_number_of_them_share_half_of_all_requests_and_leave_the_other_half() => Mix.Sample(mix =>
    {
        var limiter = new LimiterUnderTest(Defaults);
        for (var i = 0; i < mix.Silent; i++) limiter.MakeSilent($"silent{i}");
        for (var i = 0; i < mix.Healthy; i++) limiter.MakeHealthy($"healthy{i}");
        for (var i = 0; i < mix.Silent; i++) limiter.Add($"silent{i}", mix.Each);
        limiter.Detect();
        var silent = limiter.StartAll();
        var shares = silent.Values.ToList();
        var half = Defaults.MaxConcurrency / 2;
        Assert.True(shares.Sum() <= half, $"Silent endpoints have {shares.Sum()} of {half} requests.");
        Assert.All(shares, share => Assert.InRange(share, 1, Defaults.MaxConcurrencyPerEndpoint));
        if (mix.Silent <= half / 4)
        {
            Assert.Equal(mix.Silent, shares.Count);
            Assert.All(shares, share => Assert.True(share >= Math.Min(4, mix.Each), $"One has {share}."));
        }
        else
        {
            // Some wait for their turn.
            Assert.Equal(Math.Min(half, mix.Silent * mix.Each), shares.Sum());
        }

        if (mix.Silent < half / AtLeast)
            Assert.All(shares, share => Assert.True(share >= Math.Min(AtLeast, mix.Each), $"One has {share}."));

        for (var i = 0; i < mix.Healthy; i++) limiter.Add($"healthy{i}", mix.Each);
        var healthy = limiter.StartAll();
        Assert.Equal(mix.Healthy, healthy.Count);
        Assert.All(healthy.Values, share =>
            Assert.Equal(Math.Min(mix.Each, Defaults.MaxConcurrencyPerEndpoint), share));
    }, iter: 200);

    /// <summary>A limiter, the requests that it started, and a clock.</summary>
    private sealed class LimiterUnderTest
    {
        private readonly FakeTimeProvider time = new();
        private readonly EndpointLimiter limiter;
        private int sids;

        public LimiterUnderTest(WebhookOptions options) => limiter = new(options, time);

        public void MakeHealthy(string endpoint) => Respond(endpoint, hasResponded: true);

        public void MakeSilent(string endpoint) => Respond(endpoint, hasResponded: false);

        public void Add(string endpoint, int count)
        {
            List<ClaimedWebhook> webhooks = [.. Enumerable.Range(0, count).Select(_ => New(endpoint))];
            limiter.Add(new(endpoint, [.. webhooks.Select(claim => claim.Webhook.Sid)], LimitReached: true, Cursor: 0)
            {
                Webhooks = webhooks,
            }, limiter.Generation);
        }

        /// <summary>What the stage does again and again.</summary>
        public void Detect() => limiter.ReadQuotas();

        /// <summary>Starts all that may start, and counts them by endpoint.</summary>
        public Dictionary<string, int> StartAll()
        {
            Dictionary<string, int> started = [];
            while (limiter.TryStart(out var next, out _))
                started[next.Endpoint] = started.GetValueOrDefault(next.Endpoint) + 1;
            return started;
        }

        private void Respond(string endpoint, bool hasResponded)
        {
            Add(endpoint, 1);
            Assert.True(limiter.TryStart(out var request, out var started));
            limiter.End(request, started, hasResponded);
            limiter.Remove([request]);
        }

        private ClaimedWebhook New(string endpoint)
        {
            var message = Sid.Create(SidPrefix.TextMessage, (UInt128)(++sids));
            var callback = new StatusCallback(
                Sid.Create(SidPrefix.Account, 1), message, "http://example.com/", [], DateTimeOffset.UnixEpoch);
            return new(new(callback with { Number = 1 }), endpoint, "token");
        }
    }
}
