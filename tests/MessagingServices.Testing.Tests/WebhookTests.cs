using System.Net;
using Twilio.Security;

namespace MessagingServices.Testing.Tests;

/// <summary>Webhooks, and the application that receives them.</summary>
public sealed class WebhookTests(Sms sms) : AccountTests(sms)
{
    [Fact]
    public async Task The_first_webhook_of_a_kind_has_its_parameters_and_attempts()
    {
        await using var app = Account.Webhooks.Listen();
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());

        var sid = await SendAsync(shop, phone, "Hello", app.Url);
        var webhook = await Account.Webhooks.WaitForAsync(sid, "status_callback");

        Assert.Equal(("status_callback", app.Url, "delivered"), (webhook.Kind, webhook.Url, webhook.Outcome));
        Assert.StartsWith("WH", webhook.Sid, StringComparison.Ordinal);
        Assert.Equal((sid, "sent"), (webhook.Parameters["MessageSid"], webhook.Parameters["MessageStatus"]));
        Assert.Equal(204, Assert.Single(webhook.Attempts).StatusCode);
    }

    [Fact]
    public async Task The_receiver_answers_with_TwiML_on_every_path_and_method()
    {
        List<string> bodies = [];
        await using var app = Account.Webhooks.Listen(message =>
        {
            lock (bodies) bodies.Add(message["Body"]);
            return "<Response><Message>Thanks &amp; bye</Message></Response>";
        });
        var shop = await Account.BuyNumberAsync(smsUrl: new Uri(app.Url, "a/b?c=d"));
        var phone = Account.Handset();

        await phone.SendAsync(shop, "é & 😀 + %");

        Assert.Equal("Thanks & bye", (await phone.ReceiveAsync()).Body);
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri(app.Url, "?Body=by+GET"));
        Assert.Equal(["é & 😀 + %", "by GET"], bodies);
    }

    [Fact]
    public async Task Webhooks_are_signed_with_the_token_of_the_account()
    {
        await using var app = Account.Webhooks.Listen();
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var sid = await SendAsync(shop, phone, "Hello", app.Url);
        var webhook = await Account.Webhooks.WaitForAsync(sid, "status_callback");

        var sent = await Account.CreateHttpClient().GetStringAsync($"/emulator/v1/Webhooks?MessageSid={sid}");
        var signature = System.Text.Json.JsonDocument.Parse(sent).RootElement.GetProperty("webhooks").EnumerateArray()
            .Single(one => one.GetProperty("sid").GetString() == webhook.Sid).GetProperty("signature").GetString();

        Assert.True(new RequestValidator(Account.AuthToken).Validate(
            app.Url.OriginalString, webhook.Parameters.ToDictionary(), signature));
    }

    [Fact]
    public async Task A_receiver_stops_listening()
    {
        var app = Account.Webhooks.Listen();
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NoContent, (await http.GetAsync(app.Url)).StatusCode);

        await app.DisposeAsync();
        await app.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(app.Url));
    }
}
