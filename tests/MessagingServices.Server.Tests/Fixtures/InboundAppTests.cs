using System.Text;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The application keeps its requests and responds as the test configures it.</summary>
public sealed class InboundAppTests
{
    [Fact]
    public async Task GET_and_POST_requests_are_kept_with_all_their_parts()
    {
        await using var app = await InboundApp.StartAsync();
        using var http = new HttpClient();

        await http.GetAsync($"{app.Url}/a%20b?x=1%2F2&y=+");
        await http.PostAsync($"{app.Url}/form?x=1", new FormUrlEncodedContent([new("Body", "é+&"), new("x", "2")]));

        var get = Assert.Single(app.At("/a b"));
        Assert.Equal(("GET", $"{app.Url}/a%20b?x=1%2F2&y=+", "1/2", " "),
            (get.Method, get.Url, get["x"], get["y"]));
        var post = Assert.Single(await app.UntilAsync("/form"));
        Assert.Equal(("é+&", "2", "1", "Body=%C3%A9%2B%26&x=2"),
            (post["Body"], post["x"], post.Query["x"], Encoding.UTF8.GetString(post.Body)));
        Assert.Equal("application/x-www-form-urlencoded", post.Headers["content-type"]);
    }

    [Fact]
    public async Task Responses_are_those_that_the_test_configures()
    {
        await using var app = await InboundApp.StartAsync();
        using var http = new HttpClient();

        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>Hi</Message></Response>",
            await http.GetStringAsync(app.AnswerTwiml("/twiml", "<Message>Hi</Message>")));
        Assert.Equal("Hé", await http.GetStringAsync(app.AnswerText("/text", "Hé")));
        Assert.Equal(503, (int)(await http.GetAsync(app.AnswerStatus("/status", 503))).StatusCode);
        Assert.Null((await http.GetAsync(app.AnswerBytes("/bytes", null, [1, 2]))).Content.Headers.ContentType);
        Assert.Equal(204, (int)(await http.GetAsync($"{app.Url}/elsewhere")).StatusCode);

        using var patience = new CancellationTokenSource();
        var hanging = http.GetAsync(app.Hang("/hang"), patience.Token);
        await app.UntilAsync("/hang");
        Assert.False(hanging.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }
}
