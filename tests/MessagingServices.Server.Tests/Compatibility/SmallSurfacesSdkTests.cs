using MessagingServices.Server.Tests.Fixtures;
using Twilio.Clients;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Api.V2010.Account.AvailablePhoneNumberCountry;
using Twilio.Rest.Api.V2010.Account.Usage.Record;
using Twilio.Rest.Content.V1;
using Twilio.Rest.Content.V1.Content;
using Twilio.Rest.Monitor.V1;
using Typing = Twilio.Rest.Messaging.V2.TypingIndicatorResource;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's C# SDK and what applications call beside messages.</summary>
public sealed class SmallSurfacesSdkTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private readonly TwilioRestClient twilio = CSharpSdk.Connect(server);

    [Fact]
    public async Task A_number_is_found_and_bought()
    {
        var countries = await AvailablePhoneNumberCountryResource.ReadAsync(client: twilio);
        var found = await LocalResource.ReadAsync("US", areaCode: 628, smsEnabled: true, limit: 2, client: twilio);
        var mobile = await MobileResource.ReadAsync("GB", limit: 1, client: twilio);
        var first = found.First();

        var bought = await IncomingPhoneNumberResource.CreateAsync(phoneNumber: first.PhoneNumber, client: twilio);

        Assert.Contains("US", countries.Select(country => country.CountryCode));
        Assert.Equal((first.PhoneNumber.ToString(), true), (bought.PhoneNumber.ToString(), first.Capabilities.Sms));
        Assert.StartsWith("+447", mobile.Single().PhoneNumber.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_usage_and_applications_are_read()
    {
        var balance = await BalanceResource.FetchAsync(client: twilio);
        var records = await AllTimeResource.ReadAsync(category: "sms", client: twilio);
        var application = await ApplicationResource.CreateAsync(
            friendlyName: "App", messageStatusCallback: new("https://example.com/status"), client: twilio);

        Assert.Equal("USD", balance.Currency);
        Assert.Equal("sms", records.Single().Category);
        Assert.Equal(new Uri("https://example.com/status"), application.MessageStatusCallback);
        Assert.True(await ApplicationResource.DeleteAsync(application.Sid, client: twilio));
    }

    [Fact]
    public async Task Approvals_typing_and_alerts_are_answered()
    {
        var content = (await server.Api.PostJsonAsync(
            "/v1/Content", """{"language": "en", "types": {"twilio/text": {"body": "Hello"}}}""")
            .ExpectAsync(201))["sid"]!;
        var approval = await ApprovalCreateResource.CreateAsync(
            content, new ApprovalCreateResource.ContentApprovalRequest.Builder()
                .WithName("greeting").WithCategory("UTILITY").Build(), twilio);
        var sender = $"whatsapp:{NumbersApi.New()}";
        await server.Api.ChannelSenders.CreateAsync(sender);
        var inbound = (await server.Api.Messages.OpenWindowAsync("whatsapp:+14155550112", sender))["sid"]!;

        var typing = await Typing.CreateAsync("whatsapp", inbound, twilio);

        Assert.Equal("received", approval.Status);
        Assert.NotNull(await ApprovalFetchResource.FetchAsync(content, client: twilio));
        Assert.Single(await ContentAndApprovalsResource.ReadAsync(client: twilio), one => one.Sid == content);
        Assert.True(typing.Success);
        Assert.Empty(await AlertResource.ReadAsync(logLevel: "debug", client: twilio));
    }
}
