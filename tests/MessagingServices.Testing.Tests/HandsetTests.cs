using System.Collections.Concurrent;
using System.Diagnostics;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;

namespace MessagingServices.Testing.Tests;

/// <summary>A phone reads what arrives, each message once.</summary>
public sealed class HandsetTests(Sms sms) : AccountTests(sms)
{
    [Fact]
    public async Task Messages_are_read_in_order_and_once()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        foreach (var text in new[] { "one", "two", "three" }) await SendAsync(shop, phone, text);

        List<string> texts = [];
        for (var i = 0; i < 3; i++) texts.Add((await phone.ReceiveAsync()).Body);

        Assert.Equal(["one", "two", "three"], texts);
        await phone.ReceiveNothingAsync();
    }

    [Fact]
    public async Task A_message_that_a_test_does_not_ask_for_stays_unread()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await SendAsync(shop, phone, "Welcome");
        await SendAsync(shop, phone, "Your code is 482913");

        Assert.Equal("482913", await phone.ReceiveCodeAsync());
        Assert.Equal("Welcome", (await phone.ReceiveAsync("come")).Body);
        await phone.ReceiveNothingAsync();
    }

    [Fact]
    public async Task A_message_that_the_carrier_delays_is_read_when_it_arrives()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await Account.Clock.FreezeAsync();
        await Account.CreateHttpClient().PostAsync("/emulator/v1/CarrierRules", new FormUrlEncodedContent(
            [new("BodyContains", "slow"), new("DelayMs", "60000")]));
        await SendAsync(shop, phone, "slow");
        await SendAsync(shop, phone, "fast");

        await Account.SettleAsync();
        Assert.Equal("fast", (await phone.ReceiveAsync()).Body);
        await Account.Clock.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("slow", (await phone.ReceiveAsync()).Body);
        await SendAsync(shop, phone, "next");
        await Account.SettleAsync();
        Assert.Equal("next", (await phone.ReceiveAsync()).Body);
    }

    [Fact]
    public async Task A_wait_ends_when_the_message_arrives()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var began = Stopwatch.GetTimestamp();
        var wait = phone.ReceiveAsync(timeout: TimeSpan.FromMinutes(1));
        await SendAsync(shop, phone, "Hello");

        var message = await wait;

        Assert.Equal((shop, phone.Number, "Hello", "delivered", null),
            (message.From, message.To, message.Body, message.Status, message.ErrorCode));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Two_tasks_that_read_a_phone_never_get_the_same_message()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        ConcurrentBag<string> read = [];
        var readers = Enumerable.Range(0, 8).Select(async _ => read.Add((await phone.ReceiveAsync()).Body)).ToList();
        foreach (var number in Enumerable.Range(0, 8)) await SendAsync(shop, phone, $"{number}");

        await Task.WhenAll(readers);

        Assert.Equal(Enumerable.Range(0, 8).Select(number => $"{number}"), read.Order());
    }

    [Fact]
    public async Task A_phone_on_WhatsApp_reads_only_WhatsApp()
    {
        var sms = Account.Handset("+14155550123");
        var whatsApp = Account.Handset("whatsapp:+14155550123");
        await using var account = await Emulator.CreateAccountAsync(seedJson:
            """
            { "channel_senders": [{ "sender_id": "whatsapp:+14155550199" }] }
            """);
        var (theirs, twilio) = (account.Handset("whatsapp:+14155550123"), ClientOf(account));

        await theirs.SendAsync("whatsapp:+14155550199", "Hi");
        await MessageResource.CreateAsync(
            to: theirs.Number, from: "whatsapp:+14155550199", body: "Hello", client: twilio);

        Assert.Equal("Hello", (await theirs.ReceiveAsync()).Body);
        await theirs.ReplyAsync("STOP");
        await sms.ReceiveNothingAsync();
        await whatsApp.ReceiveNothingAsync();
        await account.Handset("+14155550123").ReceiveNothingAsync();
    }

    [Fact]
    public async Task The_same_number_is_the_same_phone_and_fresh_numbers_are_the_same_in_each_run()
    {
        await using var other = await Emulator.CreateAccountAsync();

        Assert.Same(Account.Handset("+14155550123"), Account.Handset("+14155550123"));
        Assert.Equal(("+12025550100", "+12025550101"), (Account.Handset().Number, Account.Handset().Number));
        Assert.Equal("+12025550102", await Account.BuyNumberAsync());
        Assert.Equal("+12025550100", other.Handset().Number);
    }

    [Fact]
    public async Task Nothing_waits_for_the_answer_of_a_slow_application()
    {
        await using var app = Account.Webhooks.Listen(_ =>
        {
            Thread.Sleep(300);
            return "<Response><Message>Thanks</Message></Response>";
        });
        var (shop, phone) = (await Account.BuyNumberAsync(smsUrl: app.Url), Account.Handset());
        await phone.SendAsync(shop, "Hi");

        var failure = await Assert.ThrowsAsync<EmulatorException>(phone.ReceiveNothingAsync);

        Assert.Contains("\"Thanks\"", failure.Message);
    }

    [Fact]
    public async Task Nothing_goes_from_report_to_report_where_the_carrier_takes_longer()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await Account.CreateHttpClient().PostAsync("/emulator/v1/CarrierRules", new FormUrlEncodedContent(
            [new("DelayMs", "3600000")]));
        // Its steps are due before.
        await BrandRegistrationResource.CreateAsync(
            $"BU{new string('1', 32)}", $"BU{new string('2', 32)}", client: Twilio);
        await SendAsync(shop, phone, "late");

        var failure = await Assert.ThrowsAsync<EmulatorException>(phone.ReceiveNothingAsync);

        Assert.Contains("\"late\"", failure.Message);
    }

    [Fact]
    public async Task A_phone_answers_what_it_has_read_last()
    {
        await using var app = Account.Webhooks.Listen(
            message => $"<Response><Message>{message["Body"]}!</Message></Response>");
        var (shop, phone) = (await Account.BuyNumberAsync(smsUrl: app.Url), Account.Handset());
        var early = await Assert.ThrowsAsync<EmulatorException>(() => phone.ReplyAsync("too early"));
        await SendAsync(shop, phone, "Are you there?");
        await phone.ReceiveAsync();

        await phone.ReplyAsync("Yes");

        Assert.Equal("Yes!", (await phone.ReceiveAsync()).Body);
        Assert.Contains("receive one first", early.Message);
    }

    [Fact]
    public async Task Codes_and_links_are_read_from_the_text()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await SendAsync(
            shop, phone, "On 2030-01-02: code 123 456, ref ABC-77. https://a.example/x https://b.example/y");

        var message = await phone.ReceiveAsync();

        Assert.Equal("123456", message.Code());
        Assert.Equal("123456", message.Code(@"\d{6}"));
        Assert.Equal("ABC-77", message.Code(@"ref (\S+)\."));
        Assert.Equal("https://a.example/x", message.Link().OriginalString);
        Assert.Equal("https://b.example/y", message.Link("b.example").OriginalString);
        Assert.Contains(
            "has no code that matches [A-Z]{9}: \"On 2030-01-02: code 123 456",
            Assert.Throws<EmulatorException>(() => message.Code("[A-Z]{9}")).Message);
        Assert.Contains(
            "has no link that contains \"c.example\"",
            Assert.Throws<EmulatorException>(() => message.Link("c.example")).Message);
    }

    [Fact]
    public async Task A_reset_empties_the_phones()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await SendAsync(shop, phone, "before");
        await phone.ReceiveAsync();
        await SendAsync(shop, phone, "unread");

        await Account.ResetAsync();

        await phone.ReceiveNothingAsync();
        await SendAsync(shop, phone, "after");
        Assert.Equal("after", (await phone.ReceiveAsync()).Body);
    }

    [Fact]
    public async Task A_wait_ends_when_a_scheduled_message_comes()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var service = await CreateServiceAsync(shop);
        await Account.Clock.FreezeAsync();
        await MessageResource.CreateAsync(
            to: phone.Number, messagingServiceSid: service, body: "Tomorrow",
            scheduleType: MessageResource.ScheduleTypeEnum.Fixed,
            sendAt: TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1), client: Twilio);
        var wait = phone.ReceiveAsync(timeout: TimeSpan.FromMinutes(5));

        await Account.Clock.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal("Tomorrow", (await wait).Body);
    }

    [Theory]
    [InlineData("+1 415 555 0123")]
    [InlineData("14155550123")]
    [InlineData("(415) 555-0123")]
    [InlineData("whatsapp:14155550123")]
    [InlineData("")]
    public void A_number_at_which_nothing_would_arrive_is_refused(string number) =>
        Assert.Contains(
            "+14155550123", Assert.Throws<ArgumentException>(() => Account.Handset(number)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("55555")]
    [InlineData("ACME")]
    [InlineData("whatsapp:US.13491208655302741918")]
    [InlineData("rcs:+14155550123")]
    public void Short_codes_names_and_users_of_channels_are_phones_too(string number) =>
        Assert.Equal(number, Account.Handset(number).Number);

    [Fact]
    public async Task The_longest_text_of_any_script_arrives_whole_and_is_found()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var text = "שלום \"قريب\" 你好 👩‍👩‍👧 \\ é \n".PadRight(1598, 'ж') + "😀";
        await SendAsync(shop, phone, text);

        Assert.Equal(text, (await phone.ReceiveAsync("👩‍👩‍👧 \\ é \n", TimeSpan.FromSeconds(30))).Body);
        await phone.SendAsync(shop, text);
    }
}
