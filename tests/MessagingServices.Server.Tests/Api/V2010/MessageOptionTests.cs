using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>
/// The parameters of a message that most messages do not have: which values are taken, and with what others are
/// refused.
/// </summary>
public sealed class MessageOptionTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Application = "AP0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string> Taken => new()
    {
        { "ContentRetention", "retain" }, { "ContentRetention", "discard" }, { "ContentRetention", "" },
        { "AddressRetention", "retain" }, { "AddressRetention", "obfuscate" }, { "AddressRetention", "" },
        { "ProvideFeedback", "true" }, { "ProvideFeedback", "False" },
        { "ApplicationSid", "" },
        { "Attempt", "1" }, { "Attempt", "2147483647" },
        { "MaxPrice", "0.05" }, { "MaxPrice", "1e-2" }, { "MaxPrice", "" },
        { "ForceDelivery", "true" }, { "ForceDelivery", "false" },
        { "PersistentAction", "geo:37.787890,-122.391664|375 Beale St" }, { "PersistentAction", "" },
        { "RiskCheck", "enable" }, { "RiskCheck", "Disable" }, { "RiskCheck", "" },
        { "TrafficType", "free" }, { "TrafficType", "" },
        { "ShortenUrls", "false" },
        { "ContentSid", "" }, { "ContentVariables", "" },
        // Withdrawn at Twilio, as any parameter that does not exist.
        { "Tags", "{\"campaign\":\"spring\"}" },
    };

    public static TheoryData<int, string, string> Refused => new()
    {
        { 30029, "ContentRetention", "burn" },
        { 30030, "AddressRetention", "burn" },
        { 20001, "ProvideFeedback", "" }, { 20001, "ProvideFeedback", "yes" },
        { 21218, "ApplicationSid", Application }, { 21218, "ApplicationSid", "app" },
        { 20001, "SmartEncoded", "" }, { 20001, "SmartEncoded", "1" }, { 20001, "SendAsMms", "" },
        { 20001, "SendAsMms", "yes" },
        { 20001, "Attempt", "" }, { 20001, "Attempt", "first" }, { 20001, "Attempt", "1.5" },
        { 21627, "MaxPrice", "cheap" }, { 21627, "MaxPrice", "1e999" },
        { 20001, "ForceDelivery", "" }, { 20001, "ForceDelivery", "1" },
        { 20001, "RiskCheck", "off" },
        { 20001, "TrafficType", "paid" },
        { 20001, "ShortenUrls", "" }, { 20001, "ShortenUrls", "short" }, { 30124, "ShortenUrls", "true" },
        { 21655, "ContentSid", "HX00000000000000000000000000000000" }, { 21655, "ContentSid", "HX1" },
        { 21655, "ContentSid", Application },
        { 21654, "ContentVariables", "{}" },
    };

    [Fact]
    public void Every_parameter_is_tried_somewhere() => Field.AssertCovers(typeof(CreateMessageForm), [],
        [.. Taken.Select(row => row.Data.Item1), "To", "From", "MessagingServiceSid", "FallbackFrom", "Body",
            "MediaUrl", "StatusCallback",
            "ValidityPeriod", "ScheduleType", "SendAt", "SmartEncoded", "SendAsMms"]);

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Such_a_value_is_taken_and_the_message_sent(string name, string value)
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);

        var sid = await server.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", from), ("Body", "Hello"),
            (name, value));

        await server.Api.Messages.UntilAsync(sid, "delivered");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Such_a_value_is_refused_and_nothing_stored(int code, string name, string value)
    {
        var (from, to) = (NumbersApi.New(), NumbersApi.New());
        await server.Api.Numbers.CreateAsync(from);

        await server.PostAsync(MessagesApi.Path, ("To", to), ("From", from), ("Body", "Hello"),
            (name, value)).ExpectErrorAsync(400, code);

        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(to)}"))
            .Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task An_application_is_ignored_beside_a_status_callback()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);

        await server.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", from), ("Body", "Hello"),
            ("ApplicationSid", Application),
            ("StatusCallback", receiver.Url));

        await receiver.UntilAsync(received => received.Count >= 2);
        Assert.Equal(["sent", "delivered"], receiver.Received.Select(callback => callback.Status));
    }

    [Fact]
    public async Task Links_may_be_shortened_through_a_service_and_stay_as_they_are()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());

        var sid = await server.Api.Messages.SendAsync(("To", NumbersApi.New()), ("MessagingServiceSid", service),
            ("Body", "See https://example.com/long"),
            ("ShortenUrls", "true"));

        Assert.Equal("See https://example.com/long", (await server.Api.Messages.UntilAsync(sid, "delivered"))["body"]);
    }
}
