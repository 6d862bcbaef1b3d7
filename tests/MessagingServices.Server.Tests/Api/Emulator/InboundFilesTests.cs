using System.Net.Http.Headers;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>A handset sends pictures itself: as files of a multipart form.</summary>
public sealed class InboundFilesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Inbound = "/emulator/v1/InboundMessages";
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_file_is_a_media_item_at_once()
    {
        await using var app = await CallbackReceiver.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url));
        byte[] first = [1, 2, 3], second = [4, 5];

        var received = await SendAsync(number, [], ("image/png", first), ("image/jpeg", second)).ExpectAsync(201);

        Assert.Matches("^MM[0-9a-f]{32}$", received["sid"]);
        Assert.Equal(("received", "2"), (received["status"], received["num_media"]));
        var media = await server.Api.Messages.MediaAsync(received["sid"]!);
        Assert.Equal(["image/png", "image/jpeg"], media.Select(item => item!["content_type"]!.ToString()));
        Assert.Equal(first, await server.Api.GetBytesAsync(
            $"{MessagesApi.MediaPathOf(received["sid"]!)}/{media[0]!["sid"]}"));
        var webhook = (await Eventually.ValueAsync(
            () => server.Api.Messages.WebhooksAsync(received["sid"]!), found => found.Count > 0, _ => "no webhook"))[0];
        Assert.Equal("2", webhook["parameters"]!["NumMedia"]!.ToString());
        Assert.EndsWith(
            $"/Media/{media[0]!["sid"]}", webhook["parameters"]!["MediaUrl0"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("image/jpeg", webhook["parameters"]!["MediaContentType1"]!.ToString());
    }

    [Fact]
    public async Task A_picture_may_be_as_large_as_the_channel_takes()
    {
        var number = await server.Api.Numbers.CreateNewAsync();

        var received = await SendAsync(number, [], ("image/png", new byte[5 * Megabyte])).ExpectAsync(201);

        var media = await server.Api.Messages.MediaAsync(received["sid"]!);
        var bytes = await server.Api.GetBytesAsync(
            $"{MessagesApi.MediaPathOf(received["sid"]!)}/{media.Single()!["sid"]}");
        Assert.Equal(5 * Megabyte, bytes.Length);
        await SendAsync(number, [], ("image/png", new byte[(5 * Megabyte) + 1])).ExpectErrorAsync(400, 20001);
        await SendAsync(number, [], ("image/png", new byte[17 * Megabyte])).ExpectErrorAsync(413, 20413);
    }

    [Theory]
    [InlineData("application/x-unknown", 1)]
    [InlineData("", 1)]
    [InlineData("image/png", 0)]
    public async Task A_file_that_the_channel_does_not_take_is_refused(string type, int length)
    {
        var number = await server.Api.Numbers.CreateNewAsync();

        await SendAsync(number, [], (type, new byte[length])).ExpectErrorAsync(400, 20001);

        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(number)}"))
            .Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task Files_stand_alone_and_are_at_most_ten()
    {
        var number = await server.Api.Numbers.CreateNewAsync();

        await SendAsync(number, [("MediaUrl", "http://localhost/a.png")], ("image/png", [1]))
            .ExpectErrorAsync(400, 20001);
        await SendAsync(number, [], [.. Enumerable.Repeat(("image/png", new byte[] { 1 }), 11)])
            .ExpectErrorAsync(400, 21623);
    }

    private async Task<ApiResponse> SendAsync(
        string to, (string Name, string Value)[] fields, params (string Type, byte[] Bytes)[] files)
    {
        using MultipartFormDataContent form = [];
        foreach (var (name, value) in fields.Append(("From", Handset.NewAddress())).Append(("To", to)))
            form.Add(new StringContent(value), name);
        foreach (var (type, bytes) in files)
        {
            ByteArrayContent file = new(bytes);
            if (type.Length > 0) file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            form.Add(file, "MediaUrl", "picture");
        }

        return await ApiResponse.ReadAsync(await server.Http.PostAsync(Inbound, form));
    }
}
