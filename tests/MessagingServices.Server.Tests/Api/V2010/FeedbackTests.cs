using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>What an application says of its messages: the last it says is kept, as long as the message is.</summary>
public sealed class FeedbackTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public void Every_parameter_is_tried_here() => Field.AssertCovers(typeof(CreateFeedbackForm), [], "Outcome");

    [Theory]
    [InlineData("confirmed", "confirmed")]
    [InlineData("Unconfirmed", "unconfirmed")]
    [InlineData(null, "confirmed")]
    public async Task The_outcome_is_kept_and_shown(string? said, string shown)
    {
        var message = await MessageAsync();

        var feedback = await server.PostAsync(Feedback(message),
            said is null ? [] : [("Outcome", said)]).ExpectAsync(200);

        Assert.Equal(["account_sid", "message_sid", "outcome", "date_created", "date_updated", "uri"],
            feedback.Body.Names());
        Assert.Equal((MessagingServer.AccountSid, message, shown, Feedback(message)),
            (feedback["account_sid"], feedback["message_sid"], feedback["outcome"], feedback["uri"]));
        Assert.EndsWith("+0000", feedback["date_created"], StringComparison.Ordinal);
        Assert.Equal(shown, await StoredAsync(message));
    }

    [Fact]
    public async Task The_last_that_is_said_holds()
    {
        var message = await MessageAsync();
        await server.PostAsync(Feedback(message), ("Outcome", "unconfirmed")).ExpectAsync(200);

        await server.PostAsync(Feedback(message), ("Outcome", "confirmed")).ExpectAsync(200);

        Assert.Equal("confirmed", await StoredAsync(message));
        Assert.Equal(1L, await CountAsync(message));
    }

    [Fact]
    public async Task Said_several_times_at_once_it_is_kept_once()
    {
        var message = await MessageAsync();

        await Task.WhenAll(Enumerable.Range(0,
            8).Select(_ => server.PostAsync(Feedback(message), ("Outcome", "confirmed")).ExpectAsync(200)));

        Assert.Equal(1L, await CountAsync(message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("maybe")]
    public async Task Another_word_is_refused(string outcome)
    {
        var message = await MessageAsync();

        await server.PostAsync(Feedback(message), ("Outcome", outcome)).ExpectErrorAsync(400, 20001);

        Assert.Equal(0L, await CountAsync(message));
    }

    [Fact]
    public async Task It_goes_with_its_message()
    {
        var message = await MessageAsync();
        await server.PostAsync(Feedback(message)).ExpectAsync(200);

        await server.DeleteAsync(MessagesApi.PathOf(message)).ExpectAsync(204);

        Assert.Equal(0L, await CountAsync(message));
        await server.PostAsync(Feedback(message)).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Feedback_on_another_accounts_message_is_refused()
    {
        using var other = await server.OtherAccountAsync();
        var message = await MessageAsync();

        await other.Api.RequestAsync(HttpMethod.Post,
            Feedback(message).Replace(MessagingServer.AccountSid, OtherAccount.SidOf(other), StringComparison.Ordinal),
            ("Outcome", "confirmed")).ExpectErrorAsync(404, 20404);

        Assert.Equal(0L, await CountAsync(message));
    }

    [Fact]
    public async Task It_is_answered_as_xml_too()
    {
        var answer = await server.PostAsync(Feedback(await MessageAsync()).Replace(".json", "",
            StringComparison.Ordinal), ("Outcome", "unconfirmed")).ExpectAsync(200);

        Assert.Contains("<Feedback><AccountSid>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<Outcome>unconfirmed</Outcome>", answer.Text, StringComparison.Ordinal);
    }

    private static string Feedback(string message) =>
        MessagesApi.PathOf(message).Replace(".json", "/Feedback.json", StringComparison.Ordinal);

    private async Task<string> MessageAsync()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        var sid = await server.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", number),
            ("Body", "Your code is 1234"), ("ProvideFeedback", "true"));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        return sid;
    }

    private Task<object?> StoredAsync(string message) =>
        Sql.ScalarAsync(server.ConnectionString,
            $"SELECT outcome FROM message_feedback WHERE message_sid = '{message}'");

    private Task<object?> CountAsync(string message) =>
        Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM message_feedback WHERE message_sid = '{message}'");
}
