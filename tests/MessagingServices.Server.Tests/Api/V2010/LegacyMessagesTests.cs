using System.Xml.Linq;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>
/// The paths of before 2012, <c>SMS/Messages</c>, lead to the present resources, with the names of that time.
/// </summary>
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
        Assert.Equal(
            (await server.GetAsync(MessagesApi.PathOf(sid))).Text.Replace("/Messages/", "/SMS/Messages/",
                StringComparison.Ordinal), fetched.Text);
        Assert.Equal(($"{Root}/{sid}.json", $"{Root}/{sid}.json"), (sent["uri"], fetched["uri"]));
        var listed = await server.GetAsync($"{Root}.json?From={Uri.EscapeDataString(number)}&PageSize=1");
        Assert.Equal($"{Root}/{sid}.json", listed.Body!["sms_messages"]!.AsArray().Single()!["uri"]!.ToString());
        Assert.Null(listed.Body["messages"]);
        await server.GetAsync($"{Root}/{sid}/Media.json").ExpectAsync(200);
        await server.PostAsync($"{Root}/{sid}/Feedback.json", ("Outcome", "confirmed")).ExpectAsync(200);
        Assert.Equal("", (await server.PostAsync($"{Root}/{sid}.json", ("Body", "")).ExpectAsync(200))["body"]);
        await server.DeleteAsync($"{Root}/{sid}.json").ExpectAsync(204);
        await server.GetAsync($"{Root}/{sid}.json").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Without_a_suffix_the_answer_is_XML()
    {
        var number = await server.Api.Numbers.CreateNewAsync();
        var sid = await server.Api.Messages.SendAsync(("From", number), ("To", "+14155550199"), ("Body", "Old"));

        var list = XDocument.Parse((await server.GetAsync($"{Root}?PageSize=1").ExpectAsync(200)).Text).Root!;
        var one = XDocument.Parse((await server.GetAsync($"{Root}/{sid}").ExpectAsync(200)).Text).Root!;

        Assert.StartsWith($"{Root}?", list.Element("SMSMessages")!.Attribute("uri")!.Value, StringComparison.Ordinal);
        Assert.Equal(sid, list.Element("SMSMessages")!.Element("SMSMessage")!.Element("Sid")!.Value);
        Assert.Equal($"{Root}/{sid}", one.Element("SMSMessage")!.Element("Uri")!.Value);
    }

    [Fact]
    public async Task Its_pages_lead_to_pages_of_the_same_kind()
    {
        var number = await server.Api.Numbers.CreateNewAsync();
        var first = await server.Api.Messages.SendAsync(("From", number), ("To", "+14155550199"), ("Body", "1"));
        var second = await server.Api.Messages.SendAsync(("From", number), ("To", "+14155550199"), ("Body", "2"));

        var newest = await server.GetAsync($"{Root}.json?From={Uri.EscapeDataString(number)}&PageSize=1");
        var older = await server.GetAsync(newest["next_page_uri"]!).ExpectAsync(200);

        Assert.StartsWith($"{Root}.json?", newest["next_page_uri"], StringComparison.Ordinal);
        Assert.Equal((second, first), (Sid(newest), Sid(older)));

        static string Sid(ApiResponse page) => page.Body!["sms_messages"]!.AsArray().Single()!["sid"]!.ToString();
    }
}
