using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
using static MessagingServices.Server.Tests.Webhooks.WebhookClientTests;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class WebhookFailuresTests : IDisposable
{
    private readonly WebhookClient client = new(new WebhookOptions(), TimeProvider.System);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("", 2)]
    [InlineData("#rc=0", 1)]
    [InlineData("#rc=5", 6)]
    [InlineData("#rc=5&rp=5xx", 1)]
    public async Task A_refused_connection_is_retried_by_default(string overrides, int attempts)
    {
        var result = await RequestAsync($"http://127.0.0.1:{FreePort.Find()}/{overrides}");

        Assert.Equal(attempts, result.Attempts.Count);
        Is(UnreachableReason.ConnectFailed, 11205, result);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_a_connect_timeout()
    {
        await using var receiver = RawReceiver.Hanging();

        var result = await RequestAsync($"https://{receiver.Authority}/#ct=100");

        Assert.Equal(2, result.Attempts.Count);
        Is(UnreachableReason.ConnectTimeout, 11205, result);
    }

    [Fact]
    public async Task A_receiver_without_TLS_fails_the_handshake()
    {
        await using var receiver = await Receiver.StartAsync();

        var result = await RequestAsync(receiver.Url.Replace("http:", "https:", StringComparison.Ordinal) + "#rc=0");

        Is(UnreachableReason.ConnectFailed, 11205, result);
    }

    [Theory]
    [InlineData("#rt=100", 1, UnreachableReason.ReadTimeout, 11205)]
    [InlineData("#rt=100&rc=2&rp=rt", 3, UnreachableReason.ReadTimeout, 11205)]
    [InlineData("#tt=150", 1, UnreachableReason.TotalTimeout, 11203)]
    [InlineData("#tt=150&rc=5&rp=all", 1, UnreachableReason.TotalTimeout, 11203)]
    [InlineData("#rt=1000&tt=1700&rc=5&rp=all", 2, UnreachableReason.TotalTimeout, 11203)]
    public async Task A_hanging_receiver_has_timeouts(
        string overrides, int attempts, UnreachableReason reason, int code)
    {
        await using var receiver = RawReceiver.Hanging();

        var result = await RequestAsync($"http://{receiver.Authority}/{overrides}");

        Assert.Equal(attempts, result.Attempts.Count);
        Is(reason, code, result);
        Assert.All(result.Attempts, attempt => Assert.Null(attempt.StatusCode));
    }

    [Fact]
    public async Task A_response_may_take_longer_than_the_connect_timeout()
    {
        await using var receiver = new RawReceiver(async (stream, _, ending) =>
        {
            await RawReceiver.ReadRequestAsync(stream, ending);
            await Task.Delay(700, ending);
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ending);
        });

        var result = await RequestAsync($"http://{receiver.Authority}/#ct=500&rt=5000");

        Assert.Equal(WebhookOutcome.Delivered, result.Outcome);
    }

    [Fact]
    public async Task An_incomplete_response_is_never_retried()
    {
        await using var receiver = new RawReceiver(async (stream, _, ending) =>
        {
            await RawReceiver.ReadRequestAsync(stream, ending);
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-", ending);
        });

        var result = await RequestAsync($"http://{receiver.Authority}/#rc=5&rp=all");

        Assert.Single(result.Attempts);
        Assert.Equal(1, receiver.Connections);
        Is(UnreachableReason.ConnectionBroken, 11206, result);
    }

    [Fact]
    public async Task A_connection_that_closes_without_a_response_is_broken()
    {
        await using var receiver = new RawReceiver(RawReceiver.ReadRequestOnlyAsync);

        var result = await RequestAsync($"http://{receiver.Authority}/");

        Assert.Equal(1, receiver.Connections);
        Is(UnreachableReason.ConnectionBroken, 11206, result);
    }

    [Fact]
    public async Task A_response_that_is_not_HTTP_is_broken()
    {
        await using var receiver = new RawReceiver(async (stream, _, ending) =>
        {
            await RawReceiver.ReadRequestAsync(stream, ending);
            await RawReceiver.WriteAsync(stream, "220 mail.example.com ESMTP\0\r\n\r\n", ending);
        });

        var result = await RequestAsync($"http://{receiver.Authority}/");

        Is(UnreachableReason.ConnectionBroken, 11206, result);
        Assert.DoesNotContain('\0', result.Attempts[0].Error!);
    }

    [Fact]
    public async Task A_dripping_response_ends_at_the_total_timeout()
    {
        await using var receiver = new RawReceiver(async (stream, _, ending) =>
        {
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nX-Drip: ", ending);
            while (!ending.IsCancellationRequested)
            {
                await RawReceiver.WriteAsync(stream, "x", ending);
                await Task.Delay(20, ending);
            }
        });

        Is(UnreachableReason.TotalTimeout, 11203, await RequestAsync($"http://{receiver.Authority}/#tt=300"));
    }

    [Fact]
    public async Task An_endless_body_is_acknowledged_and_not_read()
    {
        var closed = new TaskCompletionSource();
        await using var receiver = new RawReceiver(async (stream, _, ending) =>
        {
            await RawReceiver.ReadRequestAsync(stream, ending);
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", ending);
            try
            {
                while (true) await stream.WriteAsync(new byte[65536], ending);
            }
            catch (IOException)
            {
                closed.SetResult();
            }
        });

        var result = await RequestAsync($"http://{receiver.Authority}/");

        Assert.Equal(WebhookOutcome.Delivered, result.Outcome);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_pooled_connection_has_the_read_timeout()
    {
        await using var receiver = new RawReceiver(async (stream, _, ending) =>
        {
            await RawReceiver.ReadRequestAsync(stream, ending);
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ending);
            await stream.CopyToAsync(Stream.Null, ending);
        });
        await RequestAsync($"http://{receiver.Authority}/");

        Is(UnreachableReason.ReadTimeout, 11205, await RequestAsync($"http://{receiver.Authority}/#rt=100&tt=10000"));
        Assert.Equal(1, receiver.Connections);
    }

    [Theory]
    [InlineData("http://no_such.invalid/#rc=0")]
    [InlineData("http://no-such.invalid/#rc=0")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("not a url")]
    public async Task An_unknown_host_has_its_own_error(string url) =>
        Is(UnreachableReason.BadHostName, 11210, await RequestAsync(url));

    [Fact]
    public async Task A_canceled_attempt_has_no_result()
    {
        await using var receiver = RawReceiver.Hanging();
        using var stopping = new CancellationTokenSource(100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendAsync(Callback($"http://{receiver.Authority}/#rc=5&rp=all"), "12345", stopping.Token));
    }

    [Fact]
    public async Task A_server_error_is_a_failed_attempt_with_only_the_exception_type()
    {
        await using var receiver = await Receiver.StartAsync();
        using var broken = new WebhookClient(new WebhookOptions(), new BrokenStopwatch());

        var result = await broken.SendAsync(
            Callback($"{receiver.Url}/#rc=5&rp=all"), "12345", TestContext.Current.CancellationToken);

        Assert.Single(result.Attempts);
        Is(UnreachableReason.OwnError, 11200, result);
        Assert.Equal("InvalidOperationException", result.Attempts[0].Error);
        Assert.IsType<InvalidOperationException>(result.ServerError);
        Assert.Null(result.HasResponded);
    }

    private Task<WebhookDelivery> RequestAsync(string url) =>
        client.SendAsync(Callback(url), "12345", TestContext.Current.CancellationToken);

    private static void Is(UnreachableReason reason, int code, WebhookDelivery result)
    {
        var outcome = Assert.IsType<AttemptOutcome.Unreachable>(result.LastAttempt);
        Assert.Equal(reason, outcome.Reason);
        Assert.Equal(code, result.Attempts[^1].ErrorCode);
        Assert.Equal(outcome.Detail, result.Attempts[^1].Error);
        Assert.Equal(WebhookOutcome.Failed, result.Outcome);
    }

    private sealed class BrokenStopwatch : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("Not to be stored");
    }
}
