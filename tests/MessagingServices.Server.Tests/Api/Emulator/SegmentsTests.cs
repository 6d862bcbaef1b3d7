using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The segments of a message, and the characters that decide their encoding.</summary>
public sealed class SegmentsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Text_in_GSM_7_has_segments_in_septets()
    {
        var segments = await SegmentsOfAsync(new string('a', 200));

        Assert.Equal(["encoding", "segments", "ucs2_characters", "replaced"], segments.Body.Names());
        Assert.Equal("GSM-7", segments["encoding"]);
        Assert.Equal([153, 47], segments.Body!["segments"]!.AsArray().Select(segment => (int)segment!["units"]!));
        Assert.Equal(new string('a', 153), segments.Body["segments"]![0]!["text"]!.ToString());
        Assert.Empty(segments.Body["ucs2_characters"]!.AsArray());
        Assert.Empty(segments.Body["replaced"]!.AsArray());
    }

    [Fact]
    public async Task Characters_that_force_UCS_2_are_named_and_counted()
    {
        var segments = await SegmentsOfAsync("ж😀ж");

        Assert.Equal("UCS-2", segments["encoding"]);
        Assert.Equal(
            ["ж 2", "😀 1"],
            segments.Body!["ucs2_characters"]!.AsArray().Select(one => $"{one!["character"]} {one["count"]}"));
    }

    [Theory]
    [InlineData(true, """[{"from":"“","to":"\"","count":1},{"from":"’","to":"'","count":2}]""", "GSM-7")]
    [InlineData(false, "[]", "UCS-2")]
    public async Task Replaced_characters_are_kept_after_the_message_was_sent(bool on, string replaced, string encoding)
    {
        var segments = await SegmentsOfAsync("“a’b’c", ("SmartEncoded", on ? "true" : "false"));

        Assert.Equal(
            (encoding, replaced), (segments["encoding"], segments.Body!["replaced"]!.ToJsonString(Plain)));
    }

    [Theory]
    [InlineData("Body", "")]
    [InlineData("ContentRetention", "discard")]
    public async Task Redacted_and_discarded_texts_show_nothing(string field, string value)
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var sid = await server.Api.Messages.SendAsync(
            [("From", from), ("To", Handset.NewAddress()), ("Body", "“a"), ("SmartEncoded", "true"),
                .. field == "Body" ? Array.Empty<(string, string)>() : [(field, value)]]);
        await server.Api.Messages.UntilAsync(sid, "delivered");
        if (field == "Body") await server.PostAsync(MessagesApi.PathOf(sid), (field, value)).ExpectAsync(200);

        var segments = await server.GetAsync($"/emulator/v1/Messages/{sid}/Segments").ExpectAsync(200);

        Assert.Empty(segments.Body!["replaced"]!.AsArray());
        Assert.Equal("", segments.Body["segments"]!.AsArray().Single()!["text"]!.ToString());
    }

    [Fact]
    public async Task Message_that_is_no_SMS_has_none()
    {
        var agent = ChannelSendersApi.NewAgent();
        await server.Api.ChannelSenders.CreateAsync(agent);
        var sid = await server.Api.Messages.SendAsync(
            ("From", agent), ("To", $"rcs:{Handset.NewAddress()}"), ("Body", "ж"));

        var segments = await server.GetAsync($"/emulator/v1/Messages/{sid}/Segments").ExpectAsync(200);

        Assert.Null(segments["encoding"]);
        Assert.Empty(segments.Body!["segments"]!.AsArray());
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task<ApiResponse> SegmentsOfAsync(string body, params (string, string)[] more)
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var sid = await server.Api.Messages.SendAsync(
            [("From", from), ("To", Handset.NewAddress()), ("Body", body), .. more]);
        await server.Api.Messages.UntilAsync(sid, "delivered");
        return await server.GetAsync($"/emulator/v1/Messages/{sid}/Segments").ExpectAsync(200);
    }
}
