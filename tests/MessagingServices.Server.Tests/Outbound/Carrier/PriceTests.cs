using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>A message has its price as soon as it is sent, by the table of the configuration, and keeps it.</summary>
public sealed class PriceTests(PriceTests.PricedServer server) : IClassFixture<PriceTests.PricedServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";

    [Theory]
    [InlineData("+14155550100", 1, "-0.00790")]
    [InlineData("+14155550100", 161, "-0.01580")]
    [InlineData("+14165550100", 1, "-0.01234")]
    [InlineData("+447700900100", 1, "-0.25000")]
    [InlineData("+4930901820", 1, "-0.11220")]
    public async Task Each_segment_of_a_text_costs_what_its_country_does(string to, int length, string price)
    {
        var message = await DeliveredAsync(await NumberAsync(), to, ("Body", new string('a', length)));

        Assert.Equal((price, "USD"), (message["price"], message["price_unit"]));
    }

    [Fact]
    public async Task A_message_with_media_costs_one_price_whatever_its_length()
    {
        await using var media = await MediaServer.StartAsync();

        var message = await DeliveredAsync(await NumberAsync(), "+14155550100", ("Body", new string('a', 1000)),
            ("MediaUrl", media.PictureUrl));

        Assert.Equal("-0.02000", message["price"]);
    }

    [Theory]
    [InlineData("whatsapp:", "-0.00500")]
    [InlineData("rcs:", "-0.00830")]
    public async Task Channels_have_prices_of_their_own(string channel, string price)
    {
        var sender = channel == "rcs:" ? ChannelSendersApi.NewAgent() : channel + NumbersApi.New();
        await server.Api.ChannelSenders.CreateAsync(sender);
        if (channel == "whatsapp:") await server.Api.Messages.OpenWindowAsync("+14155550100", sender);

        Assert.Equal(price, (await DeliveredAsync(sender, channel + "+14155550100", ("Body", "Hello")))["price"]);
    }

    [Fact]
    public async Task There_is_no_price_before_a_message_is_sent_and_none_for_one_that_never_is()
    {
        var (from, to) = (await NumberAsync(), NumbersApi.New());
        await server.PostAsync(Rules, ("To", to), ("Outcome", "failed")).ExpectAsync(201);

        var accepted = await server.PostAsync(MessagesApi.Path, ("To", to), ("From", from),
            ("Body", "Hello")).ExpectAsync(201);
        var failed = await server.Api.Messages.UntilAsync(accepted["sid"]!, "failed");

        Field.AssertMember(accepted, "price", "null");
        Field.AssertMember(failed, "price", "null");
    }

    [Fact]
    public async Task A_message_that_is_sent_and_not_delivered_is_charged()
    {
        var (from, to) = (await NumberAsync(), NumbersApi.New());
        await server.PostAsync(Rules, ("To", to), ("Outcome", "undelivered")).ExpectAsync(201);

        var sid = await server.Api.Messages.SendAsync(("To", to), ("From", from), ("Body", "Hello"));

        Assert.Equal("-0.00790", (await server.Api.Messages.UntilAsync(sid, "undelivered"))["price"]);
    }

    [Fact]
    public async Task A_message_of_which_nothing_is_kept_keeps_its_price()
    {
        var message = await DeliveredAsync(await NumberAsync(), "+14165550100", ("Body", "Hello"),
            ("ContentRetention", "discard"), ("AddressRetention", "obfuscate"));

        Assert.Equal(("-0.01234", "+1416555XXXX", ""), (message["price"], message["to"], message["body"]));
    }

    [Fact]
    public async Task Xml_and_lists_show_the_price_too()
    {
        var message = await DeliveredAsync(await NumberAsync(), "+14155550100", ("Body", "Hello"));

        var xml = await server.GetAsync(MessagesApi.PathOf(message["sid"]!).Replace(".json", "",
            StringComparison.Ordinal));
        var listed = (await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray()
            .Single(one => one!["sid"]!.ToString() == message["sid"]);

        Assert.Contains("<Price>-0.00790</Price><PriceUnit>USD</PriceUnit>", xml.Text, StringComparison.Ordinal);
        Assert.Equal("-0.00790", listed!["price"]!.ToString());
    }

    private async Task<ApiResponse> DeliveredAsync(string from, string to, params (string Name, string Value)[] form) =>
        await server.Api.Messages.UntilAsync(await server.Api.Messages.SendAsync([("To", to), ("From", from), .. form]),
            "delivered");

    private async Task<string> NumberAsync()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        return number;
    }

    /// <summary>A server with some prices of its own.</summary>
    public sealed class PricedServer(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Prices:Sms:US", "0.0079"), new("Prices:Sms:ca", "0.01234"), new("Prices:SMS:Default", "0.25"),
                new("Prices:Sms:GB", "0.25"), new("Prices:Mms:US", ".02")];
    }
}
