using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using static MessagingServices.Server.Tests.Webhooks.WebhookClientTests;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class RedirectsTests : IDisposable
{
    private readonly WebhookClient client = new(new WebhookOptions(), TimeProvider.System);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData(301, "GET")]
    [InlineData(302, "GET")]
    [InlineData(303, "GET")]
    [InlineData(307, "POST")]
    public async Task A_redirect_is_followed_with_the_signature_of_its_url(int statusCode, string method)
    {
        await using var receiver = await RedirectingAsync(statusCode, "/moved?x=%41#fragment");

        var result = await RequestAsync(receiver);

        var last = receiver.Requests.Last();
        Assert.Equal((method, "/moved?x=%41"), (last.Method, last.Target));
        Assert.Equal(method == "POST" ? 3 : 0, last.Form.Count);
        Assert.Equal(
            RequestSignature.Compute("12345", $"{receiver.Url}/moved?x=%41", last.Form),
            last.Headers["X-Twilio-Signature"]);
        Assert.Equal(last.Headers["X-Twilio-Signature"], result.Signature);
        Assert.Single(receiver.Requests.Select(request => request.Token).Distinct());
        Assert.Equal(200, Assert.Single(result.Attempts).StatusCode);
    }

    [Fact]
    public async Task A_redirect_to_another_receiver_has_no_password()
    {
        await using var second = await Receiver.StartAsync(ChallengeAsync);
        await using var first = await Receiver.StartAsync((request, context) =>
            request.Headers.ContainsKey("Authorization")
                ? RedirectAsync(context, 307, $"{second.Url}/there")
                : ChallengeAsync(request, context));

        var url = first.Url.Replace("://", "://ann:secret@", StringComparison.Ordinal);
        var result = await client.SendAsync(Callback(url), "12345", CancellationToken.None);

        Assert.Equal(WebhookOutcome.Failed, result.Outcome);
        Assert.Equal(401, Assert.Single(result.Attempts).StatusCode);
        Assert.Contains("Authorization", first.Requests.Last().Headers.Keys);
        Assert.DoesNotContain("Authorization", Assert.Single(second.Requests).Headers.Keys);

        static Task ChallengeAsync(Received request, HttpContext context)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"app\"";
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Redirects_end_after_ten()
    {
        await using var receiver = await Receiver.StartAsync((_, context) => RedirectAsync(context, 307, "/again"));

        var result = await RequestAsync(receiver);

        Assert.Equal(11, receiver.Requests.Count);
        Assert.Equal(11215, Assert.Single(result.Attempts).ErrorCode);
    }

    [Theory]
    [InlineData(300, "/moved")]
    [InlineData(304, "/moved")]
    [InlineData(308, "/moved")]
    [InlineData(302, null)]
    [InlineData(302, "ftp://example.com/")]
    [InlineData(302, "http://")]
    public async Task Other_and_invalid_redirects_are_not_followed(int statusCode, string? location)
    {
        await using var receiver = await RedirectingAsync(statusCode, location);

        var result = await RequestAsync(receiver);

        Assert.Single(receiver.Requests);
        var attempt = Assert.Single(result.Attempts);
        Assert.Equal((statusCode, 11216), (attempt.StatusCode, attempt.ErrorCode));
    }

    [Fact]
    public async Task A_redirect_into_a_blocked_network_is_refused()
    {
        await using var second = await Receiver.StartAsync();
        var blocked = second.Url.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal);
        await using var first = await RedirectingAsync(307, blocked);
        using var guarded = new WebhookClient(
            new WebhookOptions { BlockPrivateNetworks = true, AllowedNetworks = ["127.0.0.1/32"] },
                TimeProvider.System);

        var result = await guarded.SendAsync(Callback(first.Url), "12345", CancellationToken.None);

        Assert.Single(first.Requests);
        Assert.Equal(
            UnreachableReason.Forbidden, Assert.IsType<AttemptOutcome.Unreachable>(result.LastAttempt).Reason);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_blocked_network_is_not_called_by_any_name(string host)
    {
        await using var receiver = RawReceiver.Hanging();
        using var guarded = new WebhookClient(new WebhookOptions { BlockPrivateNetworks = true }, TimeProvider.System);

        var result = await guarded.SendAsync(
            Callback($"http://{host}:{receiver.Authority.Split(':')[1]}/#rc=5&rp=all"), "12345",
            CancellationToken.None);

        Assert.Equal(0, receiver.Connections);
        Assert.Single(result.Attempts);
        Assert.Equal(
            UnreachableReason.Forbidden, Assert.IsType<AttemptOutcome.Unreachable>(result.LastAttempt).Reason);
    }

    private Task<WebhookDelivery> RequestAsync(Receiver receiver) =>
        client.SendAsync(Callback(receiver.Url), "12345", TestContext.Current.CancellationToken);

    private static Task<Receiver> RedirectingAsync(int statusCode, string? location) =>
        Receiver.StartAsync((request, context) =>
            request.Target == "/" ? RedirectAsync(context, statusCode, location) : Task.CompletedTask);

    private static Task RedirectAsync(HttpContext context, int statusCode, string? location)
    {
        context.Response.StatusCode = statusCode;
        if (location is not null) context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
