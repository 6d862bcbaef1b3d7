using System.Diagnostics;
using System.Text;
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
    public async Task Posts_the_form_as_Twilio_does()
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
        Assert.Equal(RequestSignature.Compute(AuthToken, $"{receiver.Url}/sms?a=1", request.Form), request.Headers["X-Twilio-Signature"]);
        Assert.Equal(request.Headers["X-Twilio-Signature"], result.Signature);
        Assert.Equal(WebhookOutcome.Delivered, result.Standing);
        var attempt = Assert.Single(result.Attempts);
        Assert.Equal((204, null, null), (attempt.StatusCode, attempt.ErrorCode, attempt.Error));
    }

    [Fact]
    public async Task Tells_receivers_nothing_of_traces_as_Twilio_does_not()
    {
        await using var receiver = await Receiver.StartAsync();
        using var activity = new Activity("somebody traces").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("a", "b").Start();
        activity.TraceStateString = "a=b";

        await RequestAsync(Callback(receiver.Url));

        Assert.Empty(Assert.Single(receiver.Requests).Headers.Keys.Intersect(
            ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/a%7eb/../c?x=%41+b&y=%2f")]
    [InlineData("/?q=a@b")]
    [InlineData("//double")]
    public async Task Requests_and_signs_the_url_as_it_is_written(string target)
    {
        await using var receiver = await Receiver.StartAsync();

        await RequestAsync(Callback(receiver.Url + target));

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(target, request.Target);
        Assert.Equal(RequestSignature.Compute(AuthToken, receiver.Url + target, request.Form), request.Headers["X-Twilio-Signature"]);
    }

    [Fact]
    public async Task Signs_what_the_receiver_sees_where_the_url_must_be_escaped()
    {
        await using var receiver = await Receiver.StartAsync();

        await RequestAsync(Callback($"{receiver.Url}/grün weiß"));

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("/gr%C3%BCn%20wei%C3%9F", request.Target);
        Assert.Equal(RequestSignature.Compute(AuthToken, receiver.Url + request.Target, request.Form), request.Headers["X-Twilio-Signature"]);
    }

    [Fact]
    public async Task Turns_user_name_and_password_into_basic_authentication_and_does_not_sign_them()
    {
        await using var receiver = await Receiver.StartAsync();

        await RequestAsync(Callback(receiver.Url.Replace("://", "://ann:s%40crét@", StringComparison.Ordinal) + "/sms"));

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:s@crét")), request.Headers["Authorization"]);
        Assert.Equal(RequestSignature.Compute(AuthToken, $"{receiver.Url}/sms", request.Form), request.Headers["X-Twilio-Signature"]);
    }

    [Fact]
    public async Task Sends_all_attempts_with_one_token_and_stops_at_the_first_acknowledgement()
    {
        var answers = 0;
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref answers) < 3 ? 503 : 200;
            return Task.CompletedTask;
        });

        var result = await RequestAsync(Callback($"{receiver.Url}/#rc=5&rp=5xx"));

        Assert.Equal([503, 503, 200], result.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal([11217, 11217, null], result.Attempts.Select(attempt => attempt.ErrorCode));
        Assert.Equal(WebhookOutcome.Delivered, result.Standing);
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
    public async Task Retries_an_answer_only_when_the_overrides_say_so(string overrides, int statusCode, int attempts)
    {
        await using var receiver = await Receiver.StartAsync(statusCode);

        var result = await RequestAsync(Callback($"{receiver.Url}/{overrides}"));

        Assert.Equal(Enumerable.Repeat<int?>(statusCode, attempts), result.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal(attempts, receiver.Requests.Count);
        Assert.Equal(WebhookOutcome.Failed, result.Standing);
    }

    [Fact]
    public async Task Has_a_short_body_read_and_uses_the_connection_again()
    {
        HashSet<string> connections = [];
        await using var counting = await Receiver.StartAsync((_, context) =>
        {
            connections.Add(context.Connection.Id);
            return context.Response.WriteAsync(new string('x', 30_000));
        });

        for (var i = 0; i < 20; i++) Assert.Equal(WebhookOutcome.Delivered, (await RequestAsync(Callback(counting.Url))).Standing);

        Assert.True(connections.Count < 20, "Every request had a connection of its own.");
    }

    private Task<WebhookResult> RequestAsync(Webhook webhook) => client.RequestAsync(webhook, AuthToken, TestContext.Current.CancellationToken);

    internal static Webhook Callback(string url) => new(Sid.Create(SidPrefix.Webhook, 1), Guid.NewGuid(), new StatusCallback(
        Sid.Create(SidPrefix.Account, 1), Sid.Create(SidPrefix.TextMessage, 1), url,
        [new("MessageStatus", "sent"), new("Body", "ä&=+ 1"), new("To", "+15005550006")], DateTimeOffset.UnixEpoch));
}
