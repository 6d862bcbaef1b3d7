using System.Net;
using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Media;

/// <summary>
/// Where the recipient's carrier takes no MMS, a message through a Messaging Service goes as SMS with a link to each
/// medium.
/// </summary>
public sealed partial class MmsConverterTests(
    FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>, IAsyncLifetime
{
    private const string Us = "+14155550001", Gb = "+447700900001", ToUs = "+14155550123", ToGb = "+447700900123";
    private MediaServer media = null!;

    public async ValueTask InitializeAsync()
    {
        media = await MediaServer.StartAsync();
        await server.Api.ResetAsync();
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", ToUs), ("SupportsMms", "false")).ExpectAsync(201);
    }

    public ValueTask DisposeAsync() => media.DisposeAsync();

    [Fact]
    public async Task The_sms_has_a_link_that_serves_the_picture_for_365_days()
    {
        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Us), ToUs, new string('a', 140),
            media.PictureUrl);

        Assert.Equal(("MM", "delivered", "1", Us),
            (message["sid"]![..2], message["status"], message["num_media"], message["from"]));
        Assert.StartsWith(new string('a', 140) + "\n" + server.Url + "/m/", message["body"], StringComparison.Ordinal);
        Assert.Equal("2", message["num_segments"]);
        var link = Assert.Single(LinksOf(message));
        await AssertServedAsync(link);

        await server.Api.Clock.ChangeAsync(("Advance", "P364DT23H59M58S"));
        await AssertServedAsync(link);
        await server.Api.Clock.ChangeAsync(("Advance", "PT1S"));
        await (server.Client()).Api.GetAsync(link).ExpectErrorAsync(410, 20410);
        Assert.Equal(MediaServer.Picture, await server.Api.Messages.BytesAsync(message["sid"]!));
    }

    [Fact]
    public async Task Until_it_is_sent_the_body_is_what_was_asked_for()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(Us);
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", "+14155550124"), ("SupportsMms", "false"),
            ("Outcome", "failed")).ExpectAsync(201);

        var accepted = await server.PostAsync(MessagesApi.Path,
            Form(service, ToUs, "Look", media.PictureUrl)).ExpectAsync(201);
        var failed = await SendAsync(service, "+14155550124", "Look", media.PictureUrl);

        Assert.Equal(("accepted", "Look"), (accepted["status"], accepted["body"]));
        Assert.Equal(("failed", "Look"), (failed["status"], failed["body"]));
    }

    [Fact]
    public async Task Each_medium_has_its_link_in_the_order_of_the_urls()
    {
        var pdf = media.Serve("application/pdf", [1, 2, 3]);

        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Us), ToUs, "", media.PictureUrl,
            pdf, media.PictureUrl);

        var links = LinksOf(message);
        Assert.Equal(string.Join('\n', links), message["body"]);
        Assert.Equal(["image/png", "application/pdf", "image/png"], await Task.WhenAll(links.Select(async link =>
            (await server.Client().GetAsync(link)).Content.Headers.ContentType!.ToString())));
        Assert.Equal(3, links.Distinct().Count());
    }

    [Theory]
    [InlineData(ToGb, Gb)]
    [InlineData("+447700900124", Us)]
    public async Task The_best_sender_of_sms_sends_it_as_if_there_were_no_media(string to, string sender)
    {
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", "+447700900124"),
            ("SupportsMms", "true")).ExpectAsync(201);
        var service = await server.Api.Services.CreateWithPoolAsync(Us, Gb);
        var tried = await server.PostAsync(
            "/emulator/v1/SenderSelections", ("MessagingServiceSid", service), ("To", to),
            ("MediaUrl", media.PictureUrl)).ExpectAsync(200);
        Assert.Equal(sender, tried.Body!["sender_selection"]!["chosen"]!.ToString());

        var message = await SendAsync(service, to, "Look", media.PictureUrl);

        Assert.Equal(sender, message["from"]);
        Assert.Equal([$"{to} {sender}"], await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task Without_a_sender_that_carries_media_it_fails_all_the_same()
    {
        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Gb), ToGb, "Look",
            media.PictureUrl);

        Assert.Equal(("failed", "21703"), (message["status"], message["error_code"]));
    }

    [Fact]
    public async Task The_sms_is_smart_encoded_and_costs_what_an_sms_costs()
    {
        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Us), ToUs, "\u201CLook\u201D\u2026",
            media.PictureUrl);

        Assert.StartsWith("\"Look\"...\n", message["body"], StringComparison.Ordinal);
        Assert.Equal(("1", "-0.00830"), (message["num_segments"], message["price"]));
    }

    [Fact]
    public async Task Redacted_it_keeps_no_text_and_its_link_works_on()
    {
        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Us), ToUs, "Secret",
            media.PictureUrl);
        var link = Assert.Single(LinksOf(message));

        await server.PostAsync(MessagesApi.PathOf(message["sid"]!), ("Body", "")).ExpectAsync(200);

        Assert.Equal("", (await server.GetAsync(MessagesApi.PathOf(message["sid"]!)))["body"]);
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM messages WHERE sid = '{message["sid"]}' AND messages::text LIKE '%Secret%'"));
        await AssertServedAsync(link);
    }

    [Fact]
    public async Task Discarded_the_message_is_empty_and_the_recipients_link_works_on()
    {
        var sid = await server.Api.Messages.SendAsync([.. Form(await server.Api.Services.CreateWithPoolAsync(Us), ToUs,
            "Secret", media.PictureUrl), ("ContentRetention", "discard")]);
        var link = "";
        await CallbackServer.UntilAsync(async () => (link = (string?)await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT sent_body FROM messages WHERE sid = '{sid}' AND sent_body IS NOT NULL")) is not null,
                "it is converted");
        await AdvanceAsync();

        var message = await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal(("", "0"), (message["body"], message["num_media"]));
        await AssertServedAsync(link!.Split('\n')[1]);
    }

    [Theory]
    [InlineData(ToUs)]
    [InlineData(ToGb)]
    public async Task Switched_off_the_message_is_an_mms_that_does_not_arrive(string to)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(Us);
        await server.PostAsync($"/v1/Services/{service}", ("MmsConverter", "false")).ExpectAsync(200);

        var message = await SendAsync(service, to, "Look", media.PictureUrl);

        Assert.Equal(("undelivered", "30011", "Look"), (message["status"], message["error_code"], message["body"]));
    }

    [Fact]
    public async Task A_carrier_that_takes_mms_gets_one()
    {
        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Us), "+14155550125", "Look",
            media.PictureUrl);

        Assert.Equal(("delivered", "Look", "1"), (message["status"], message["body"], message["num_segments"]));
        Assert.Equal(DBNull.Value, await Sql.ScalarAsync(server.ConnectionString, "SELECT link_token FROM media"));
    }

    [Fact]
    public async Task A_named_sender_is_kept_and_one_without_mms_is_refused()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(Us, Gb);
        var sid = await server.Api.Messages.SendAsync([.. Form(service, ToGb, "Look", media.PictureUrl), ("From", Us)]);
        await AdvanceAsync();

        var message = await server.GetAsync(MessagesApi.PathOf(sid));
        Assert.Equal(("delivered", Us), (message["status"], message["from"]));
        Assert.Single(LinksOf(message));
        await server.PostAsync(MessagesApi.Path,
            [.. Form(service, ToGb, "Look", media.PictureUrl), ("From", Gb)]).ExpectErrorAsync(400, 21621);
    }

    [Fact]
    public async Task A_text_sent_as_mms_becomes_a_plain_sms()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(Us);
        var sid = await server.Api.Messages.SendAsync(("To", ToUs), ("MessagingServiceSid", service),
            ("Body", new string('a', 161)), ("SendAsMms", "true"));
        await AdvanceAsync();

        var message = await server.GetAsync(MessagesApi.PathOf(sid));
        Assert.Equal(("delivered", "2", new string('a', 161)),
            (message["status"], message["num_segments"], message["body"]));
    }

    [Fact]
    public async Task Over_rcs_nothing_is_converted()
    {
        var message = await SendAsync(await server.Api.Services.CreateWithPoolAsync(Us, "rcs:agent"), ToUs, "Look",
            media.PictureUrl);

        Assert.Equal(("delivered", "rcs:agent", "Look"), (message["status"], message["from"], message["body"]));
    }

    [Fact]
    public async Task The_timeline_tells_why_and_a_rule_with_times_counts_once()
    {
        await server.Api.ResetAsync();
        await server.PostAsync("/emulator/v1/CarrierRules", ("SupportsMms", "false"), ("Times", "1")).ExpectAsync(201);
        var service = await server.Api.Services.CreateWithPoolAsync(Us);

        var converted = await SendAsync(service, ToUs, "Look", media.PictureUrl);
        var mms = await SendAsync(service, ToUs, "Look", media.PictureUrl);

        Assert.Single(LinksOf(converted));
        Assert.Equal("Look", mms["body"]);
        var selection = (await server.Api.GetAsync(MessagesApi.TimelinePathOf(converted["sid"]!)))
            .Body!["sender_selection"]!;
        Assert.Contains(selection["steps"]!.AsArray(), step =>
            step!["rule"]!.ToString() == "MediaCapability"
                && step["reason"]!.ToString().Contains("MMS Converter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/m/aaaaaaa")]
    [InlineData("/m/x")]
    [InlineData("/m/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_unknown_link_is_not_found(string path) =>
        await (server.Client()).Api.GetAsync(path).ExpectErrorAsync(404, 20404);

    [Fact]
    public async Task A_link_ends_with_its_message_and_with_its_medium()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(Us);
        var (first, second) = (await SendAsync(service, ToUs, "Look", media.PictureUrl),
            await SendAsync(service, ToUs, "Look", media.PictureUrl));

        await server.DeleteAsync(MessagesApi.PathOf(first["sid"]!)).ExpectAsync(204);
        await server.DeleteAsync((await server.Api.Messages.MediaAsync(second["sid"]!)).Single()!["uri"]!.ToString())
            .ExpectAsync(204);

        await (server.Client()).Api.GetAsync(LinksOf(first).Single()).ExpectErrorAsync(404, 20404);
        await (server.Client()).Api.GetAsync(LinksOf(second).Single()).ExpectErrorAsync(404, 20404);
    }

    private static (string, string)[] Form(string service, string to, string body, params string[] urls) =>
        [("To", to), ("MessagingServiceSid", service), ("Body", body), .. urls.Select(url => ("MediaUrl", url))];

    private static string[] LinksOf(ApiResponse message) =>
        [.. Link.Matches(message["body"]!).Select(match => match.Value)];

    private async Task<ApiResponse> SendAsync(string service, string to, string body, params string[] urls)
    {
        var sid = await server.Api.Messages.SendAsync(Form(service, to, body, urls));
        await AdvanceAsync();
        return await server.GetAsync(MessagesApi.PathOf(sid));
    }

    private Task<DateTimeOffset> AdvanceAsync() => server.Api.Clock.ChangeAsync(("Advance", "PT1S"));

    private async Task AssertServedAsync(string link)
    {
        using var anybody = server.Client();
        using var answer = await anybody.GetAsync(link);
        Assert.Equal((HttpStatusCode.OK, "image/png"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(MediaServer.Picture, await answer.Content.ReadAsByteArrayAsync());
        using var head = await anybody.SendAsync(new(HttpMethod.Head, link));
        Assert.Equal((HttpStatusCode.OK, MediaServer.Picture.Length),
            (head.StatusCode, (int)head.Content.Headers.ContentLength!));
    }

    [GeneratedRegex(@"http://\S+/m/[A-Za-z0-9]{7}$", RegexOptions.Multiline)]
    private static partial Regex Link { get; }
}
