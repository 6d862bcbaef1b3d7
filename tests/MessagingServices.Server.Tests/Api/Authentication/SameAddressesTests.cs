using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Authentication;

/// <summary>Two accounts with the same numbers, writing to the same handsets, are two worlds.</summary>
public sealed class SameAddressesTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string First = "+14155550161";
    private const string Second = "+14155550162";

    private readonly string handset = NumbersApi.New();
    private TestAccount one = null!;
    private TestAccount two = null!;

    public async ValueTask InitializeAsync()
    {
        one = await TestAccount.CreateAsync(server.Http);
        two = await TestAccount.CreateAsync(server.Http);
    }

    public ValueTask DisposeAsync()
    {
        one.Http.Dispose();
        two.Http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_inbound_message_goes_to_the_account_that_calls()
    {
        await using var app = await InboundApp.StartAsync();
        foreach (var (account, path) in new[] { (one, "/one"), (two, "/two") })
        {
            await account.Api.CreateAsync(
                NumbersApi.Path, ("PhoneNumber", First), ("SmsUrl", app.AnswerTwiml(path, "<Message>Yes</Message>")));
        }

        var received = await one.Api.CreateAsync(
            "/emulator/v1/InboundMessages", ("From", handset), ("To", First), ("Body", "Hi"));
        var webhook = Assert.Single(await app.UntilAsync("/one"));
        await one.Api.GetAsync(MessagesApi.WaitPath(("To", handset), ("BodyContains", "Yes"))).ExpectAsync(200);

        Assert.Equal((one.Sid, received), (webhook["AccountSid"], webhook["MessageSid"]));
        Assert.True(webhook.IsSigned(one.AuthToken));
        Assert.False(webhook.IsSigned(two.AuthToken));
        Assert.False(webhook.IsSigned());
        Assert.Empty(app.At("/two"));
        await two.Api.GetAsync(MessagesApi.WaitPath(("To", handset), ("Timeout", "0"))).ExpectAsync(404);
        foreach (var (path, list) in new[] { (MessagesApi.Path, "messages"), (TestApi.WebhooksPath, "webhooks") })
            Assert.Empty((await two.Api.GetAsync(path).ExpectAsync(200)).Body![list]!.AsArray());
    }

    [Fact]
    public async Task An_opt_out_of_one_is_none_of_the_other()
    {
        foreach (var account in new[] { one, two }) await account.Api.Numbers.CreateAsync(First);
        await one.Api.CreateAsync(
            "/emulator/v1/InboundMessages", ("From", handset), ("To", First), ("Body", "STOP"));

        Assert.Equal("refused 21610", await one.Api.Messages.OutcomeAsync(First, handset));
        Assert.Equal("delivered", await two.Api.Messages.OutcomeAsync(First, handset));
        Assert.Equal([$"{handset} {First}"], await one.Api.OptOuts.ListAsync());
        Assert.Empty(await two.Api.OptOuts.ListAsync());

        // Through a pool with the number, too, and the other's start changes nothing.
        await two.Api.CreateAsync(
            "/emulator/v1/InboundMessages", ("From", handset), ("To", First), ("Body", "START"));
        Assert.Equal("refused 21610", await one.Api.Messages.OutcomeAsync(First, handset));
    }

    [Fact]
    public async Task A_pool_and_its_sticky_senders_are_one_accounts()
    {
        var (ofOne, ofTwo) = (await one.Api.Services.CreateWithPoolAsync(First, Second),
            await two.Api.Services.CreateWithPoolAsync(First, Second));
        Assert.Equal(First, await one.Api.Messages.SenderForAsync(ofOne, NumbersApi.New()));
        Assert.Equal(Second, await one.Api.Messages.SenderForAsync(ofOne, handset));

        Assert.Equal(First, await two.Api.Messages.SenderForAsync(ofTwo, handset));
        Assert.Equal(Second, await one.Api.Messages.SenderForAsync(ofOne, handset));
        Assert.Equal([$"{handset} {First}"], await two.Api.Services.StickySendersAsync(ofTwo));

        var ofPool = (await two.Api.GetAsync($"{ServicesApi.PathOf(ofTwo)}/PhoneNumbers").ExpectAsync(200))
            .Body!["phone_numbers"]!.AsArray().Single(number => number!["phone_number"]!.ToString() == First);
        await two.Api.Services.RemoveSenderAsync(ofTwo, ofPool!["sid"]!.ToString());
        Assert.Equal(Second, await two.Api.Messages.SenderForAsync(ofTwo, handset));
        Assert.Equal(First, await one.Api.Messages.SenderForAsync(ofOne, NumbersApi.New()));
    }

    [Fact]
    public async Task A_carrier_rule_is_of_its_account()
    {
        foreach (var account in new[] { one, two }) await account.Api.Numbers.CreateAsync(First);
        await one.Api.CreateAsync(
            "/emulator/v1/CarrierRules", ("To", handset), ("Outcome", "undelivered"), ("ErrorCode", "30003"));

        Assert.Equal("undelivered 30003", await one.Api.Messages.OutcomeAsync(First, handset));
        Assert.Equal("delivered", await two.Api.Messages.OutcomeAsync(First, handset));
    }

    [Fact]
    public async Task A_media_item_of_one_is_no_media_of_the_other()
    {
        await using var media = await MediaServer.StartAsync();
        foreach (var account in new[] { one, two }) await account.Api.Numbers.CreateAsync(First);
        var sent = await one.Api.Messages.SendMmsAsync(First, handset, media.PictureUrl);
        var item = (await one.Api.Messages.MediaAsync(sent["sid"]!)).Single()!["sid"]!.ToString();
        var url = $"{server.Url}{one.PathOf(MessagesApi.MediaPathOf(sent["sid"]!))}/{item}";

        Assert.Equal(MediaServer.Picture, await one.Api.Messages.BytesAsync(sent["sid"]!));
        await two.Api.GetAsync(new Uri(url).AbsolutePath).ExpectAsync(401);
        Assert.Equal("delivered", await one.Api.Messages.OutcomeAsync(First, handset, "Again", url));
        Assert.Equal("failed 11200", await two.Api.Messages.OutcomeAsync(First, handset, "Again", url));
    }

    [Fact]
    public async Task A_number_that_another_account_has_is_still_offered()
    {
        var search = $"{NumbersApi.Root.Replace("IncomingPhoneNumbers", "", StringComparison.Ordinal)}"
            + "AvailablePhoneNumbers/US/Local.json?AreaCode=415&PageSize=1";
        var number = await OfferedAsync(two);
        await one.Api.Numbers.CreateAsync(number);

        Assert.Equal(number, await OfferedAsync(two));
        Assert.NotEqual(number, await OfferedAsync(one));

        async Task<string> OfferedAsync(TestAccount account) =>
            (await account.Api.GetAsync(search).ExpectAsync(200))
                .Body!["available_phone_numbers"]![0]!["phone_number"]!.ToString();
    }
}
