using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The codes and links of a message. The domain's tests have the rules.</summary>
public sealed class ExtractsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Codes_and_links_are_those_of_the_text()
    {
        var sid = await SendAsync("Your code is 482 913, or open https://example.com/verify/1 (order 55120).");

        var extracts = await ExtractsAsync(sid);

        Assert.Equal(["message_sid", "codes", "links"], extracts.Body.Names());
        Assert.Equal(sid, extracts["message_sid"]);
        Assert.Equal(["482913"], List(extracts, "codes"));
        Assert.Equal(["https://example.com/verify/1"], List(extracts, "links"));
    }

    [Fact]
    public async Task A_text_without_them_has_empty_lists()
    {
        var extracts = await ExtractsAsync(await SendAsync("Your order 482913 arrives on 12/05/2026."));

        Assert.Empty(List(extracts, "codes"));
        Assert.Empty(List(extracts, "links"));
    }

    [Fact]
    public async Task A_received_message_has_them_too()
    {
        var received = await server.PostAsync("/emulator/v1/InboundMessages",
            ("From", Handset.NewAddress()), ("To", await server.Api.Numbers.CreateNewAsync()), ("Body", "Kod: 7391"))
            .ExpectAsync(201);

        Assert.Equal(["7391"], List(await ExtractsAsync(received["sid"]!), "codes"));
    }

    [Fact]
    public async Task A_redacted_message_has_none()
    {
        var sid = await SendAsync("Your code is 482913");
        await server.Api.Messages.UntilAsync(sid, "delivered");
        await server.PostAsync(MessagesApi.PathOf(sid), ("Body", "")).ExpectAsync(200);

        Assert.Empty(List(await ExtractsAsync(sid), "codes"));
    }

    [Fact]
    public async Task A_picture_has_those_of_its_text()
    {
        await using var media = await MediaServer.StartAsync();
        var from = await server.Api.Numbers.CreateNewAsync();

        var alone = await SendPictureAsync([]);
        var with = await SendPictureAsync([("Body", "Code 4821: https://example.com/a")]);

        Assert.Empty(List(await ExtractsAsync(alone), "codes"));
        Assert.Empty(List(await ExtractsAsync(alone), "links"));
        Assert.Equal(["4821"], List(await ExtractsAsync(with), "codes"));
        Assert.Equal(["https://example.com/a"], List(await ExtractsAsync(with), "links"));

        Task<string> SendPictureAsync((string, string)[] more) => server.Api.Messages.SendAsync(
            [("From", from), ("To", Handset.NewAddress()), ("MediaUrl", media.PictureUrl), .. more]);
    }

    [Fact]
    public async Task A_message_that_the_account_does_not_have_is_404()
    {
        var path = PathOf(await SendAsync("Your code is 482913"));
        using var other = await server.OtherAccountAsync();

        Assert.Equal(404, (await other.Api.GetAsync(path)).Status);
        Assert.Equal(404, (await server.GetAsync(PathOf($"SM{new string('0', 32)}"))).Status);
    }

    private static string PathOf(string sid) => $"/emulator/v1/Messages/{sid}/Extracts";

    private static IEnumerable<string> List(ApiResponse response, string name) =>
        response.Body![name]!.AsArray().Select(item => item!.ToString());

    private Task<ApiResponse> ExtractsAsync(string sid) => server.GetAsync(PathOf(sid)).ExpectAsync(200);

    private async Task<string> SendAsync(string body) => await server.Api.Messages.SendAsync(
        ("From", await server.Api.Numbers.CreateNewAsync()), ("To", Handset.NewAddress()), ("Body", body));
}
