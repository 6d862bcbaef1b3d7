using System.Diagnostics;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;
using Microsoft.AspNetCore.Http;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class WebhookClientTests : IDisposable
{
    private const string AuthToken = "12345";
    private readonly WebhookClient client = new(new WebhookOptions(), TimeProvider.System);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_callback_is_a_form_as_Twilio_sends_it()
    {
        await using var receiver = await Receiver.StartAsync(204);
        var webhook = Callback($"{receiver.Url}/sms?a=1#rc=2");

        var result = await RequestAsync(webhook);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", "/sms?a=1"), (request.Method, request.Target));
        Assert.Equal(webhook.Parameters, request.Form);
        Assert.Equal("TwilioProxy/1.1", request.Headers["User-Agent"]);
        Assert.Equal("*/*", request.Headers["Accept"]);
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal(webhook.IdempotencyToken.ToString(), request.Token);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.DoesNotContain("traceparent", request.Headers.Keys);
        AssertSigned($"{receiver.Url}/sms?a=1", request);
        Assert.Equal(request.Headers["X-Twilio-Signature"], result.Signature);
        Assert.Equal(WebhookOutcome.Delivered, result.Outcome);
        var attempt = Assert.Single(result.Attempts);
        Assert.Equal((204, null, null), (attempt.StatusCode, attempt.ErrorCode, attempt.Error));
    }

    [Fact]
    public async Task A_request_has_no_trace_headers()
    {
        await using var receiver = await Receiver.StartAsync();
        using var activity = new Activity("trace").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("a", "b").Start();
        activity.TraceStateString = "a=b";

        await RequestAsync(Callback(receiver.Url));

        Assert.Empty(Assert.Single(receiver.Requests).Headers.Keys.Intersect(
            ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"],
            StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/a%7eb/../c?x=%41+b&y=%2f")]
    [InlineData("/?q=a@b")]
    [InlineData("//double")]
    public async Task The_url_is_requested_and_signed_as_written(string target)
    {
        await using var receiver = await Receiver.StartAsync();

        await RequestAsync(Callback(receiver.Url + target));

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(target, request.Target);
        AssertSigned(receiver.Url + target, request);
    }

    [Fact]
    public async Task A_url_that_must_be_escaped_is_signed_in_its_escaped_form()
    {
        await using var receiver = await Receiver.StartAsync();

        await RequestAsync(Callback($"{receiver.Url}/grün weiß"));

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("/gr%C3%BCn%20wei%C3%9F", request.Target);
        AssertSigned(receiver.Url + request.Target, request);
    }

    [Theory]
    [InlineData("Basic realm=\"a\"", "Basic YW5uOnNAY3LDqXQ=")]
    [InlineData("Digest realm=\"a\", nonce=\"b\", qop=\"auth\", algorithm=MD5", "Digest username=\"ann\"")]
    [InlineData("Digest realm=\"a\", nonce=\"b\", qop=\"auth\", algorithm=SHA-256", "Digest username=\"ann\"")]
    public async Task User_name_and_password_follow_a_challenge_and_are_not_signed(string challenge, string begin)
    {
        await using var receiver = await ChallengingAsync(challenge);

        var url = receiver.Url.Replace("://", "://ann:s%40crét@", StringComparison.Ordinal);
        var result = await RequestAsync(Callback($"{url}/sms"));

        Assert.Equal(2, receiver.Requests.Count);
        var (first, second) = (receiver.Requests.First(), receiver.Requests.Last());
        Assert.DoesNotContain("Authorization", first.Headers.Keys);
        Assert.StartsWith(begin, second.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal((first.Method, first.Target, first.Body, first.Token),
            (second.Method, second.Target, second.Body, second.Token));
        AssertSigned($"{receiver.Url}/sms", second);
        Assert.Equal(204, Assert.Single(result.Attempts).StatusCode);
    }

    [Theory]
    [InlineData("Digest realm=\"a\", nonce=\"b\", qop=\"auth\"", "")]
    [InlineData("Negotiate", "ann:secret@")]
    [InlineData("", "ann:secret@")]
    public async Task A_challenge_that_cannot_be_met_ends_the_attempt(string challenge, string user)
    {
        await using var receiver = await ChallengingAsync(challenge);

        var result = await RequestAsync(
            Callback(receiver.Url.Replace("://", $"://{user}", StringComparison.Ordinal)));

        Assert.DoesNotContain("Authorization", Assert.Single(receiver.Requests).Headers.Keys);
        Assert.Equal((401, 11217),
            (Assert.Single(result.Attempts).StatusCode, Assert.Single(result.Attempts).ErrorCode));
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once()
    {
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"a\"";
            return Task.CompletedTask;
        });

        var result = await RequestAsync(
            Callback(receiver.Url.Replace("://", "://ann:wrong@", StringComparison.Ordinal)));

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(401, Assert.Single(result.Attempts).StatusCode);
    }

    [Fact]
    public async Task All_attempts_have_one_token_and_end_at_the_first_acknowledgement()
    {
        var responses = 0;
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref responses) < 3 ? 503 : 200;
            return Task.CompletedTask;
        });

        var result = await RequestAsync(Callback($"{receiver.Url}/#rc=5&rp=5xx"));

        Assert.Equal([503, 503, 200], result.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal([11217, 11217, null], result.Attempts.Select(attempt => attempt.ErrorCode));
        Assert.Equal(WebhookOutcome.Delivered, result.Outcome);
        Assert.Equal(3, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => request.Token).Distinct());
    }

    [Theory]
    [InlineData("", 500, 1)]
    [InlineData("#rc=2", 500, 1)]
    [InlineData("#rc=2&rp=4xx", 500, 1)]
    [InlineData("#rc=2&rp=4xx", 404, 3)]
    [InlineData("#rp=5xx", 500, 2)]
    [InlineData("#rc=0&rp=all", 500, 1)]
    public async Task A_response_is_retried_only_by_the_overrides(string overrides, int statusCode, int attempts)
    {
        await using var receiver = await Receiver.StartAsync(statusCode);

        var result = await RequestAsync(Callback($"{receiver.Url}/{overrides}"));

        Assert.Equal(
            Enumerable.Repeat<int?>(statusCode, attempts), result.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal(attempts, receiver.Requests.Count);
        Assert.Equal(WebhookOutcome.Failed, result.Outcome);
    }

    [Fact]
    public async Task A_short_body_is_drained_and_the_connection_reused()
    {
        HashSet<string> connections = [];
        await using var counting = await Receiver.StartAsync((_, context) =>
        {
            connections.Add(context.Connection.Id);
            return context.Response.WriteAsync(new string('x', 30_000));
        });

        for (var i = 0; i < 20; i++)
            Assert.Equal(WebhookOutcome.Delivered, (await RequestAsync(Callback(counting.Url))).Outcome);

        Assert.True(connections.Count < 20, "Every request had a connection of its own.");
    }

    private Task<WebhookDelivery> RequestAsync(Webhook webhook) =>
        client.SendAsync(webhook, AuthToken, TestContext.Current.CancellationToken);

    private static void AssertSigned(string url, Received request) => Assert.Equal(
        RequestSignature.Compute(AuthToken, url, request.Form), request.Headers["X-Twilio-Signature"]);

    internal static Webhook Callback(string url, string method = "POST")
    {
        var callback = new StatusCallback(
            Sid.Create(SidPrefix.Account, 1), Sid.Create(SidPrefix.TextMessage, 1), url,
            [new("MessageStatus", "sent"), new("Body", "ä&=+ 1"), new("To", "+15005550006")], DateTimeOffset.UnixEpoch);
        return new(callback with { Number = 1, Method = method });
    }

    private static Task<Receiver> ChallengingAsync(string challenge) => Receiver.StartAsync((request, context) =>
    {
        context.Response.StatusCode = request.Headers.ContainsKey("Authorization") ? 204 : 401;
        context.Response.Headers.WWWAuthenticate = challenge;
        return Task.CompletedTask;
    });
}
