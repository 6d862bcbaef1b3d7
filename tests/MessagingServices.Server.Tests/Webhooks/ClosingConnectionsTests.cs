using System.Net.Security;
using System.Net.Sockets;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
using static MessagingServices.Server.Tests.Webhooks.WebhookClientTests;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>Receivers that close a kept-alive connection while a webhook is sent on it.</summary>
public sealed class ClosingConnectionsTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private readonly WebhookClient client = new(new WebhookOptions(), TimeProvider.System);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_pooled_connection_that_closes_costs_one_attempt_and_no_retry()
    {
        await using var receiver = new RawReceiver(RespondOnceAsync);
        await RequestAsync(receiver);

        var second = await RequestAsync(receiver);

        Assert.Equal(WebhookOutcome.Delivered, second.Outcome);
        Assert.Equal([11206, null], second.Attempts.Select(attempt => attempt.ErrorCode));
        Assert.Equal(2, receiver.Connections);
    }

    [Fact]
    public async Task A_receiver_that_closes_all_its_connections_gets_every_webhook()
    {
        const int webhooks = 8;
        await using var receiver = new RawReceiver(RespondOnceAsync);
        await Task.WhenAll(Enumerable.Range(0, webhooks).Select(_ => RequestAsync(receiver)));

        var results = await Task.WhenAll(Enumerable.Range(0, webhooks).Select(_ => RequestAsync(receiver)));

        Assert.All(results, result => Assert.Equal(WebhookOutcome.Delivered, result.Outcome));
    }

    [Theory]
    [InlineData(0)]
    // The HTTP handler looks each second after its connections, and begins to read from those that it keeps.
    [InlineData(2200)]
    public async Task An_incomplete_response_is_not_repeated_on_a_pooled_connection_either(int pause)
    {
        await using var receiver = new RawReceiver(async (stream, number, ending) =>
        {
            await RespondOnceAsync(stream, number, ending);
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-", ending);
        });
        await RequestAsync(receiver);
        await Task.Delay(pause, TestContext.Current.CancellationToken);

        var second = await RequestAsync(receiver);

        Assert.Equal(11206, Assert.Single(second.Attempts).ErrorCode);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task The_request_that_follows_a_challenge_may_meet_a_closing_connection_too()
    {
        const string challenge =
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
        await using var receiver = new RawReceiver(async (stream, number, ending) =>
        {
            string[] responses = number switch
            {
                1 => [Ok, challenge, ""],
                // The repeat has a new connection for each of its two requests.
                2 => [challenge],
                _ => [Ok],
            };
            foreach (var response in responses)
            {
                await RawReceiver.ReadRequestAsync(stream, ending);
                await RawReceiver.WriteAsync(stream, response, ending);
            }
        });
        await RequestAsync(receiver);

        var second = await client.SendAsync(
            Callback($"http://user:password@{receiver.Authority}/"), "12345", TestContext.Current.CancellationToken);

        Assert.Equal([11206, null], second.Attempts.Select(attempt => attempt.ErrorCode));
        Assert.Equal(3, receiver.Connections);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_has_not_only_closed_a_connection()
    {
        RawReceiver? receiver = null;
        await using var gone = receiver = new RawReceiver(async (stream, number, ending) =>
        {
            await RespondOnceAsync(stream, number, ending);
            receiver!.Close();
        });
        var webhook = Callback($"http://{receiver.Authority}/", "GET");
        await client.SendAsync(webhook, "12345", TestContext.Current.CancellationToken);

        var second = await client.SendAsync(webhook, "12345", TestContext.Current.CancellationToken);

        // The attempt and the retry for a connection that cannot be opened.
        Assert.Equal([11205, 11205], second.Attempts.Select(attempt => attempt.ErrorCode));
    }

    [Fact]
    public async Task What_counts_is_the_connection_that_a_request_was_sent_on()
    {
        var firstArrived = new TaskCompletionSource();
        var firstMayEnd = new TaskCompletionSource();
        await using var receiver = new RawReceiver(async (stream, number, ending) =>
        {
            await RawReceiver.ReadRequestAsync(stream, ending);
            if (number == 2) return;
            firstArrived.SetResult();
            await firstMayEnd.Task;
            await RawReceiver.WriteAsync(stream, Ok, ending);
            await RawReceiver.ReadRequestAsync(stream, ending);
        });
        using var transport = new GatedTransport();
        transport.LetThrough(1);
        var first = Sender(receiver);
        var firstOutcome = transport.AttemptAsync(first);
        await firstArrived.Task;

        // It begins to open a connection, and is then sent on that of the first.
        var second = Sender(receiver);
        var secondOutcome = transport.AttemptAsync(second);
        await transport.SecondOpened;
        firstMayEnd.SetResult();
        await Task.WhenAll(firstOutcome, secondOutcome);
        // It opens no connection: it is sent on the one that the second has opened.
        transport.LetThrough(1);
        await transport.SecondReturned;
        var third = Sender(receiver);
        await transport.AttemptAsync(third);

        Assert.IsType<AttemptOutcome.Acknowledged>(await firstOutcome);
        Assert.IsType<AttemptOutcome.Unreachable>(await secondOutcome);
        Assert.Equal(
            (false, true, false),
            (first.MetClosingConnection, second.MetClosingConnection, third.MetClosingConnection));
        Assert.Equal(2, receiver.Connections);
    }

    [Fact]
    public async Task The_announced_end_of_TLS_is_no_response()
    {
        using var certificate = SelfSigned.For("localhost");
        await using var receiver = new RawReceiver(async (stream, number, ending) =>
        {
            await using var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(certificate);
            await RespondOnceAsync(encrypted, number, ending);
            await encrypted.ShutdownAsync();
        });
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var invoker = new HttpMessageInvoker(handler);
        var (first, second) = (Sender(receiver, "https"), Sender(receiver, "https"));

        await first.AttemptAsync(invoker, TestContext.Current.CancellationToken);
        await second.AttemptAsync(invoker, TestContext.Current.CancellationToken);

        Assert.Equal(200, first.StatusCode);
        Assert.Equal((false, true), (first.MetClosingConnection, second.MetClosingConnection));

        async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            var stream = new FollowedTlsConnection(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown),
                },
                cancellation);
            return stream;
        }
    }

    private Task<WebhookDelivery> RequestAsync(RawReceiver receiver) => client.SendAsync(
        Callback($"http://{receiver.Authority}/"), "12345", TestContext.Current.CancellationToken);

    private static WebhookAttemptSender Sender(RawReceiver receiver, string scheme = "http")
    {
        var webhook = Callback($"{scheme}://{receiver.Authority}/");
        return new(
            webhook, "12345", ConnectionOverrides.Parse(webhook.Url), TestContext.Current.CancellationToken);
    }

    /// <summary>Answers a connection's first request, and reads its second.</summary>
    private static async Task RespondOnceAsync(Stream stream, int number, CancellationToken ending)
    {
        await RawReceiver.ReadRequestAsync(stream, ending);
        await RawReceiver.WriteAsync(stream, Ok, ending);
        await RawReceiver.ReadRequestAsync(stream, ending);
    }

    /// <summary>The server's transport. Connections that it has opened wait before the pool gets them.</summary>
    private sealed class GatedTransport : IDisposable
    {
        private readonly SemaphoreSlim gate = new(0);
        private readonly TaskCompletionSource secondOpened = new();
        private readonly TaskCompletionSource secondReturned = new();
        private readonly HttpMessageInvoker invoker;
        private int connections;

        public GatedTransport()
        {
            var handler = OutgoingTransport.CreateHandler(new EgressPolicy(new WebhookOptions()));
            var connect = handler.ConnectCallback!;
            handler.ConnectCallback = async (context, cancellation) =>
            {
                var number = Interlocked.Increment(ref connections);
                var stream = await connect(context, cancellation);
                if (number == 2) secondOpened.SetResult();
                await gate.WaitAsync(cancellation);
                if (number == 2) secondReturned.SetResult();
                return stream;
            };
            invoker = new(handler);
        }

        public Task SecondOpened => secondOpened.Task;

        public Task SecondReturned => secondReturned.Task;

        public void LetThrough(int count) => gate.Release(count);

        public Task<AttemptOutcome> AttemptAsync(WebhookAttemptSender sender) =>
            sender.AttemptAsync(invoker, TestContext.Current.CancellationToken);

        public void Dispose()
        {
            invoker.Dispose();
            gate.Dispose();
        }
    }
}
