using System.Net;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Media;

/// <summary>
/// The bytes of media are behind a URL that needs no credentials and ends after four hours. On another origin it
/// refuses credentials, as Twilio's does.
/// </summary>
public sealed class SignedMediaUrlTests(SignedMediaUrlTests.Server server) : IClassFixture<SignedMediaUrlTests.Server>
{
    private const string Origin = "http://media.test";

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task The_bytes_are_behind_a_redirect_to_another_origin(string method)
    {
        var location = await LocationAsync(await server.PathAsync(), method);

        Assert.StartsWith($"{Origin}/media/", location.AbsoluteUri, StringComparison.Ordinal);
        using var anonymous = server.Client();
        Assert.Equal(MediaServer.Picture, await anonymous.GetByteArrayAsync(location.PathAndQuery));
        var refused = await server.GetAsync(location.PathAndQuery).ExpectErrorAsync(400, 20001);
        Assert.Contains("Authorization", refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_url_leads_nowhere()
    {
        var path = (await LocationAsync(await server.PathAsync(), "GET")).PathAndQuery;
        using var anonymous = server.Client();

        foreach (var changed in (string[])[path[..^1] + (path[^1] == '0' ? '1' : '0'), path.Replace("/other/", "/same/",
            StringComparison.Ordinal), "/media/1/2/3/other/4"])
            await anonymous.Api.GetAsync(changed).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task It_ends_after_four_hours_of_the_clock()
    {
        var path = (await LocationAsync(await server.PathAsync(), "GET")).PathAndQuery;
        using var anonymous = server.Client();

        await server.Api.Clock.ChangeAsync(("Advance", "PT3H59M"));
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(path)).StatusCode);
        await server.Api.Clock.ChangeAsync(("Advance", "PT2M"));
        await anonymous.Api.GetAsync(path).ExpectErrorAsync(403, 20403);
    }

    private async Task<Uri> LocationAsync(string path, string method)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new(method), server.Url + path);
        request.Headers.Authorization = server.Http.DefaultRequestHeaders.Authorization;
        using var response = await client.SendAsync(request);
        Assert.Equal(307, (int)response.StatusCode);
        return response.Headers.Location!;
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Media:Origin", Origin)];

        /// <summary>The path of a new media item.</summary>
        public async Task<string> PathAsync()
        {
            await using var pictures = await MediaServer.StartAsync();
            var message = await Api.Messages.SendMmsAsync(
                await Api.Numbers.CreateNewAsync(), Handset.NewAddress(), pictures.PictureUrl);
            var media = await Api.Messages.MediaAsync(message["sid"]!);
            return $"{MessagesApi.MediaPathOf(message["sid"]!)}/{media.Single()!["sid"]}";
        }
    }
}
