using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>The paths of before 2012, <c>SMS/Messages</c>, lead to the present resources.</summary>
public sealed class LegacyMessagesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Root = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/SMS/Messages";

    [Fact]
    public async Task A_message_is_sent_fetched_listed_and_deleted_as_by_the_present_paths()
    {
        var number = await server.Api.Numbers.CreateNewAsync();

        var sent = await server.PostAsync($"{Root}.json", ("From", number), ("To", "+14155550199"), ("Body", "Old"))
            .ExpectAsync(201);
        var sid = sent["sid"]!;
        await server.Api.Messages.UntilAsync(sid, "delivered");

        var fetched = await server.GetAsync($"{Root}/{sid}.json").ExpectAsync(200);
        Assert.Equal(fetched.Text, (await server.GetAsync(MessagesApi.PathOf(sid))).Text);
        var listed = await server.GetAsync($"{Root}.json?From={Uri.EscapeDataString(number)}&PageSize=1");
        Assert.Equal(sid, listed.Body!["messages"]!.AsArray().Single()!["sid"]!.ToString());
        await server.GetAsync($"{Root}/{sid}/Media.json").ExpectAsync(200);
        await server.PostAsync($"{Root}/{sid}/Feedback.json", ("Outcome", "confirmed")).ExpectAsync(200);
        Assert.Equal("", (await server.PostAsync($"{Root}/{sid}.json", ("Body", "")).ExpectAsync(200))["body"]);
        await server.DeleteAsync($"{Root}/{sid}.json").ExpectAsync(204);
        await server.GetAsync($"{Root}/{sid}.json").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Without_a_suffix_the_answer_is_XML()
    {
        using var response = await server.Http.GetAsync(Root);

        Assert.Equal("application/xml", response.Content.Headers.ContentType?.MediaType);
    }
}
