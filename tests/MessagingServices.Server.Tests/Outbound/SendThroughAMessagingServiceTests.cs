using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound;

public sealed class SendThroughAMessagingServiceTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_message_is_accepted_at_once_and_delivered_from_a_sender_of_the_pool()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550111");

        var accepted = await server.PostAsync(MessagesApi.Path, ("To", "+14155550100"),
            ("MessagingServiceSid", service), ("Body", "Hello"));

        Assert.Equal(201, accepted.Status);
        Assert.Equal(("accepted", null, "0"), (accepted["status"], accepted["from"], accepted["num_segments"]));
        Assert.Null(accepted["date_sent"]);
        Assert.Null(accepted["price_unit"]);
        Assert.Equal(service, accepted["messaging_service_sid"]);
        Assert.Equal("outbound-api", accepted["direction"]);
        Assert.StartsWith("SM", accepted["sid"], StringComparison.Ordinal);

        var delivered = await server.Api.Messages.UntilAsync(accepted["sid"]!, "delivered");
        Assert.Equal(("+14155550111", "1"), (delivered["from"], delivered["num_segments"]));
        Assert.EndsWith("+0000", delivered["date_sent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_of_the_recipients_country_share_its_messages_evenly()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+447700900111", "+14155550112", "+14155550113");

        var senders = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var sid = await server.Api.Messages.SendAsync(("To", $"+1415555{i:0000}"), ("MessagingServiceSid", service),
                ("Body", "Hello"));
            return (await server.Api.Messages.UntilAsync(sid, "delivered"))["from"]!;
        }));

        Assert.Equal([("+14155550112", 10), ("+14155550113", 10)],
            senders.CountBy(from => from).Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task An_explicit_sender_switches_selection_off_and_keeps_the_status_accepted()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550114", "+14155550115");

        var accepted = await server.PostAsync(MessagesApi.Path,
            ("To", "+14155550100"), ("MessagingServiceSid", service), ("From", "+14155550115"), ("Body", "Hello"));

        Assert.Equal(("accepted", "+14155550115", "USD"),
            (accepted["status"], accepted["from"], accepted["price_unit"]));
        Assert.Equal("+14155550115", (await server.Api.Messages.UntilAsync(accepted["sid"]!, "delivered"))["from"]);
    }

    [Fact]
    public async Task As_xml_the_uris_lose_their_suffix_and_the_body_loses_nothing()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550118");
        const string Body = "/2010-04-01/Accounts.json?x=.json <&>";

        var sid = await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", Body));
        var xml = System.Xml.Linq.XElement.Parse((await server.GetAsync(MessagesApi.PathOf(sid).Replace(".json", "",
            StringComparison.Ordinal))).Text);

        Assert.Equal(Body, xml.Element("Message")!.Element("Body")!.Value);
        Assert.EndsWith($"/Messages/{sid}", xml.Element("Message")!.Element("Uri")!.Value, StringComparison.Ordinal);
        Assert.EndsWith($"/{sid}/Media", xml.Element("Message")!.Element("SubresourceUris")!.Element("Media")!.Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_in_from_is_the_same_as_in_its_own_parameter()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550116");

        var accepted = await server.PostAsync(MessagesApi.Path, ("To", "+14155550100"), ("From", service),
            ("Body", "Hello"));

        Assert.Equal(("accepted", null, service),
            (accepted["status"], accepted["from"], accepted["messaging_service_sid"]));
    }

    [Fact]
    public async Task Media_make_the_sid_begin_with_mm_and_need_a_sender_with_mms()
    {
        await using var media = await MediaServer.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+447700900117", "+14155550117");
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", "+447700900100"),
            ("SupportsMms", "true")).ExpectAsync(201);

        var accepted = await server.PostAsync(MessagesApi.Path,
            ("To", "+447700900100"), ("MessagingServiceSid", service), ("MediaUrl", media.PictureUrl),
            ("MediaUrl", media.PictureUrl));

        Assert.StartsWith("MM", accepted["sid"], StringComparison.Ordinal);
        Assert.Equal("2", accepted["num_media"]);
        Assert.Equal("+14155550117", (await server.Api.Messages.UntilAsync(accepted["sid"]!, "delivered"))["from"]);
    }
}
