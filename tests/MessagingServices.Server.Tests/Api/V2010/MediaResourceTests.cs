using System.Net;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>The Media sub-resource of messages.</summary>
public sealed class MediaResourceTests(MediaResourceTests.Stock server) : IClassFixture<MediaResourceTests.Stock>
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7"u8];

    private string Media => MessagesApi.MediaPathOf(server.Message);

    [Fact]
    public async Task A_medium_shows_what_twilio_shows()
    {
        var fetched = await server.GetAsync($"{Media}/{server.First}.json").ExpectAsync(200);

        Assert.Equal(["sid", "account_sid", "parent_sid", "content_type", "date_created", "date_updated", "uri"],
            fetched.Body!.AsObject().Select(member => member.Key));
        Assert.Equal((server.First, MessagingServer.AccountSid, server.Message, "image/png",
            $"{Media}/{server.First}.json"),
            (fetched["sid"], fetched["account_sid"], fetched["parent_sid"], fetched["content_type"], fetched["uri"]));
        Assert.EndsWith("+0000", fetched["date_created"], StringComparison.Ordinal);
        Assert.Equal(fetched["date_created"], fetched["date_updated"]);
        Assert.Equal($"{Media}.json",
            (await server.GetAsync(MessagesApi.PathOf(server.Message)))
                .Body!["subresource_uris"]!["media"]!.ToString());
    }

    [Fact]
    public async Task The_list_is_paged()
    {
        List<string> types = [];
        for (var uri = $"{Media}.json?PageSize=2"; uri is not null;)
        {
            var page = (await server.GetAsync(uri).ExpectAsync(200)).Body!;
            types.AddRange(page["media_list"]!.AsArray().Select(one => one!["content_type"]!.ToString()));
            uri = page["next_page_uri"]?.ToString();
        }

        Assert.Equal(["image/png", "application/pdf", "image/gif"], types);
    }

    [Theory]
    [InlineData("DateCreated={0:yyyy-MM-dd}", 3)]
    [InlineData("DateCreated=2008-01-02", 0)]
    [InlineData("DateCreated%3E=2008-01-02", 3)]
    [InlineData("DateCreated%3C=2008-01-02", 0)]
    [InlineData("DateCreated%3C={0:yyyy-MM-dd}", 3)]
    [InlineData("DateCreated%3E={0:yyyy-MM-dd}", 3)]
    [InlineData("DateCreated%3E=2100-01-01T00:00:00Z", 0)]
    [InlineData("DateCreated%3C=2100-01-01T00:00:00Z", 3)]
    public async Task The_list_is_filtered_by_date(string query, int count)
    {
        var created = DateTimeOffset.Parse((await server.GetAsync($"{Media}/{server.First}.json"))["date_created"]!,
            System.Globalization.CultureInfo.InvariantCulture);

        var page =
            await server.GetAsync(
                $"{Media}.json?{string.Format(System.Globalization.CultureInfo.InvariantCulture, query, created)}")
                .ExpectAsync(200);

        Assert.Equal(count, page.Body!["media_list"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_date_that_is_none_is_refused() =>
        await server.GetAsync($"{Media}.json?DateCreated=soon").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Without_a_suffix_the_list_is_xml_and_one_medium_its_bytes()
    {
        var list = System.Xml.Linq.XElement.Parse((await server.GetAsync(Media)).Text);
        var first = list.Element("MediaList")!.Elements("Media").First();
        Assert.Equal((server.First, $"{Media}/{server.First}"),
            (first.Element("Sid")!.Value, first.Element("Uri")!.Value));
        var xml = System.Xml.Linq.XElement.Parse((await server.GetAsync($"{Media}/{server.First}.xml")).Text);
        Assert.Equal("image/png", xml.Element("Media")!.Element("ContentType")!.Value);

        Assert.Equal(MediaServer.Picture, await server.Http.GetByteArrayAsync($"{Media}/{server.First}"));
    }

    [Fact]
    public async Task Bytes_come_with_headers_that_let_no_browser_run_them()
    {
        using var picture = await server.Http.GetAsync($"{Media}/{server.First}");
        using var pdf = await server.Http.SendAsync(new(HttpMethod.Head, $"{Media}/{server.Second}"));

        foreach (var answer in new[] { picture, pdf })
        {
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(answer.Headers.Contains("Twilio-Request-Id"));
        }

        Assert.Equal(("inline", "attachment"),
            (picture.Content.Headers.ContentDisposition!.DispositionType,
                pdf.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(("application/pdf", Pdf.Length),
            (pdf.Content.Headers.ContentType!.MediaType, (int)pdf.Content.Headers.ContentLength!));
        Assert.Empty(await pdf.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Another_account_does_not_get_them()
    {
        using var anonymous = server.Client();
        using var other = await server.OtherAccountAsync();
        var others = Media.Replace(MessagingServer.AccountSid, OtherAccount.SidOf(other), StringComparison.Ordinal);

        foreach (var path in new[] { ".json", $"/{server.First}.json", $"/{server.First}" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(Media + path)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(Media + path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(others + path)).StatusCode);
        }

        Assert.Equal(404, (await other.Api.RequestAsync(HttpMethod.Delete, $"{others}/{server.First}.json")).Status);
        Assert.Equal(200, (await server.GetAsync($"{Media}/{server.First}.json")).Status);
    }

    [Fact]
    public async Task What_there_is_not_is_404()
    {
        var (noMedium, noMessage) = ("ME" + new string('0', 32), MessagesApi.MediaPathOf("MM" + new string('0', 32)));

        foreach (var path in new[] { $"{Media}/{noMedium}.json", $"{Media}/banana.json", $"{noMessage}.json",
            $"{noMessage}/{server.First}.json" })
            await server.GetAsync(path).ExpectErrorAsync(404, 20404);
        Assert.Contains("<Code>20404</Code>", (await server.GetAsync($"{Media}/{noMedium}")).Text,
            StringComparison.Ordinal);
        await server.Api.RequestAsync(HttpMethod.Post, $"{Media}/{server.First}.json").ExpectErrorAsync(405, 20004);
    }

    [Theory]
    [InlineData(".json")]
    [InlineData("")]
    public async Task A_deleted_medium_is_gone_and_its_message_stays(string suffix)
    {
        var (message, media) = await server.SendAsync(server.Gif, server.Gif);

        Assert.Equal(204, (await server.DeleteAsync($"{MessagesApi.MediaPathOf(message)}/{media[0]}{suffix}")).Status);

        await server.GetAsync($"{MessagesApi.MediaPathOf(message)}/{media[0]}.json").ExpectErrorAsync(404, 20404);
        Assert.Equal(404, (await server.GetAsync($"{MessagesApi.MediaPathOf(message)}/{media[0]}")).Status);
        await server.DeleteAsync($"{MessagesApi.MediaPathOf(message)}/{media[0]}.json").ExpectErrorAsync(404, 20404);
        Assert.Equal(media[1], (await server.Api.Messages.MediaAsync(message)).Single()!["sid"]!.ToString());
        Assert.Equal("2", (await server.GetAsync(MessagesApi.PathOf(message)))["num_media"]);
    }

    [Fact]
    public async Task The_media_of_a_deleted_message_are_gone()
    {
        var (message, media) = await server.SendAsync(server.Gif);

        await server.DeleteAsync(MessagesApi.PathOf(message)).ExpectAsync(204);

        Assert.Equal(404, (await server.GetAsync($"{MessagesApi.MediaPathOf(message)}/{media[0]}")).Status);
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM media WHERE message_sid = '{message}'"));
    }

    /// <summary>A server with a message of three media.</summary>
    public sealed class Stock(PostgresServer postgres) : MessagingServer(postgres)
    {
        private MediaServer? media;

        public string Message { get; private set; } = "";

        public string First { get; private set; } = "";

        public string Second { get; private set; } = "";

        /// <summary>Where a medium is fetched from.</summary>
        public string Gif { get; private set; } = "";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            media = await MediaServer.StartAsync();
            Gif = media.Serve("image/gif", [.. "GIF89a"u8]);
            (Message, var sids) = await SendAsync(media.PictureUrl, media.Serve("application/pdf", Pdf), Gif);
            (First, Second) = (sids[0], sids[1]);
        }

        public async Task<(string Message, string[] Media)> SendAsync(params string[] urls)
        {
            var message = (await this.Api.Messages.SendMmsAsync(await this.Api.Numbers.CreateNewAsync(), "+14155550123",
                urls))["sid"]!;
            return (message, [.. (await this.Api.Messages.MediaAsync(message)).Select(one => one!["sid"]!.ToString())]);
        }

        public Task<ApiResponse> SendAsync(HttpMethod method, string path) =>
            Api.RequestAsync(method, path, ("a", "b"));

        public override async ValueTask DisposeAsync()
        {
            if (media is not null) await media.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
