namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>The parameters of the webhook of an inbound message, by channel and kind of address.</summary>
public sealed class InboundParametersTests
{
    private const string Sid32 = "00000000000000000000000000000003", Us = "+14155550100", Handset = "+12125550123";
    private const string OnWhatsApp = "whatsapp:+14155550100";

    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void SMS_has_all_places_in_Twilios_order() => Assert.Equal(
        [
            "ToCountry=US", "ToState=CA", $"SmsMessageSid=SM{Sid32}", "NumMedia=0", "ToCity=SAN FRANCISCO", "FromZip=",
            $"SmsSid=SM{Sid32}", "FromState=NY", "SmsStatus=received", "FromCity=NEW YORK", "Body=Hi", "FromCountry=US",
            $"To={Us}", "ToZip=", "NumSegments=1", $"MessageSid=SM{Sid32}", "AccountSid=AC00000000000000000000000000000001",
            $"From={Handset}", "ApiVersion=2010-04-01",
        ],
        Of(Handset, Us).Select(parameter => $"{parameter.Key}={parameter.Value}"));

    [Theory]
    [InlineData("+447700900123", "|||GB")]
    [InlineData("+441212345678", "|||GB")]
    [InlineData("+16475550123", "|ON||CA")]
    [InlineData("+18005550123", "|||US")]
    [InlineData("+80012345678", "|||")]
    [InlineData("68849", "|||US")]
    [InlineData("SUPPORT", null)]
    public void Place_of_the_handset_is_empty_where_it_is_not_known(string from, string? place)
    {
        var parameters = Of(from, Us).ToDictionary();

        Assert.Equal(place, Place(parameters, "From"));
        Assert.Equal("SAN FRANCISCO|CA||US", Place(parameters, "To"));
    }

    [Theory]
    [InlineData("68849", "GB", "|||GB")]
    [InlineData("+447700900100", "GB", "|||GB")]
    [InlineData("+18005550100", null, "|||US")]
    public void Place_of_the_receiver_is_that_of_its_country(string to, string? country, string place)
    {
        var parameters = Of("68840", to, country).ToDictionary();

        Assert.Equal(place, Place(parameters, "To"));
        Assert.Equal(place, Place(parameters, "From"));
    }

    [Fact]
    public void WhatsApp_has_its_own_parameters_in_Twilios_order() => Assert.Equal(
        [
            $"SmsMessageSid=SM{Sid32}", "NumMedia=0", "ProfileName=Ann", "MessageType=text", $"SmsSid=SM{Sid32}",
            "WaId=12125550123", "SmsStatus=received", "Body=Hi", $"To={OnWhatsApp}", "NumSegments=1",
            "ReferralNumMedia=0", $"MessageSid=SM{Sid32}", "AccountSid=AC00000000000000000000000000000001",
            """ChannelMetadata={"type":"whatsapp","data":{"context":{"ProfileName":"Ann","WaId":"12125550123"}}}""",
            $"From=whatsapp:{Handset}", "ApiVersion=2010-04-01",
        ],
        Of($"whatsapp:{Handset}", OnWhatsApp, "US", ("ProfileName", "Ann"))
            .Select(parameter => $"{parameter.Key}={parameter.Value}"));

    [Fact]
    public void WhatsApp_user_always_has_a_name() =>
        Assert.Equal(Handset, Of($"whatsapp:{Handset}", OnWhatsApp).ToDictionary()["ProfileName"]);

    [Fact]
    public void WhatsApp_user_who_hides_the_number_has_an_ID()
    {
        var parameters = Of("whatsapp:US.1349", OnWhatsApp, "US", ("ProfileUsername", "ann")).ToDictionary();

        Assert.Equal(("US.1349", "ann", "ann", false),
            (parameters["ExternalUserId"], parameters["ProfileName"], parameters["ProfileUsername"],
                parameters.ContainsKey("WaId")));
        Assert.Equal(
            """{"type":"whatsapp","data":{"context":{"ProfileName":"ann","ExternalUserId":"US.1349","ProfileUsername":"ann"}}}""",
            parameters["ChannelMetadata"]);
    }

    [Theory]
    [InlineData("", "text")]
    [InlineData("image/png", "image")]
    [InlineData("image/webp", "sticker")]
    [InlineData("audio/ogg", "audio")]
    [InlineData("video/mp4", "video")]
    [InlineData("application/pdf", "document")]
    [InlineData("text/vcard", "contacts")]
    [InlineData("Latitude", "location")]
    [InlineData("ButtonPayload", "button")]
    [InlineData("ListId", "interactive")]
    [InlineData("InteractiveData", "interactive")]
    public void Type_of_a_WhatsApp_message_is_that_of_its_content(string content, string type)
    {
        (string, string)[] media = content.Contains('/', StringComparison.Ordinal) ? [("http://a/1", content)] : [];
        (string, string)[] more = content.Length > 0 && media.Length == 0 ? [(content, "1")] : [];

        var parameters = Of($"whatsapp:{Handset}", OnWhatsApp, "US", media, more);

        Assert.Equal(type, parameters.ToDictionary()["MessageType"]);
    }

    [Fact]
    public void What_the_handset_gives_wins()
    {
        var parameters = Of($"whatsapp:{Handset}", OnWhatsApp, "US", ("MessageType", "document"),
            ("ReferralNumMedia", "2"), ("ChannelMetadata", "{}")).ToList();

        Assert.Equal(["MessageType=document", "ReferralNumMedia=2", "ChannelMetadata={}"], parameters
            .Where(parameter => parameter.Key is "MessageType" or "ReferralNumMedia" or "ChannelMetadata")
            .Select(parameter => $"{parameter.Key}={parameter.Value}"));
    }

    [Fact]
    public void Metadata_of_a_WhatsApp_message_repeat_button_and_forwarding() => Assert.Equal(
        """{"type":"whatsapp","data":{"context":{"ProfileName":"Zoë","WaId":"12125550123","ButtonText":"Yes","ButtonPayload":"y","Forwarded":"true"}}}""",
        Of($"whatsapp:{Handset}", OnWhatsApp, "US", ("ButtonText", "Yes"), ("ButtonPayload", "y"),
            ("Forwarded", "true"), ("ProfileName", "Zoë")).ToDictionary()["ChannelMetadata"]);

    [Theory]
    [InlineData(Handset, Us, "2")]
    [InlineData($"whatsapp:{Handset}", OnWhatsApp, "1")]
    [InlineData($"rcs:{Handset}", "rcs:agent", "1")]
    public void Media_are_the_segments_of_an_MMS_alone(string from, string to, string segments)
    {
        var parameters = Of(from, to, "US",
            [("http://a/1", "image/png"), ("http://a/2", "image/gif")], []).ToList();

        Assert.Equal((segments, "2", "http://a/1", "image/gif"),
            (parameters.ToDictionary()["NumSegments"], parameters.ToDictionary()["NumMedia"],
                parameters.ToDictionary()["MediaUrl0"], parameters.ToDictionary()["MediaContentType1"]));
    }

    [Fact]
    public void RCS_has_neither_places_nor_what_WhatsApp_has()
    {
        var parameters = Of($"rcs:{Handset}", "rcs:agent", null, ("ButtonText", "Yes")).ToDictionary();

        Assert.Equal("Yes", parameters["ButtonText"]);
        Assert.DoesNotContain(parameters.Keys, name => name is "WaId" or "ChannelMetadata" or "ChannelPrefix"
            || name.EndsWith("Country", StringComparison.Ordinal));
    }

    private static string? Place(Dictionary<string, string> parameters, string name)
    {
        string[] parts = ["City", "State", "Zip", "Country"];
        return parameters.ContainsKey($"{name}City")
            ? string.Join('|', parts.Select(part => parameters[name + part]))
            : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(
        string from, string to, string? country = "US", params (string Name, string Value)[] more) =>
        Of(from, to, country, [], more);

    private static IReadOnlyList<KeyValuePair<string, string>> Of(
        string from, string to, string? country, (string, string)[] media, (string Name, string Value)[] more)
    {
        var message = Message.Receive(new(Sid.Create("SM", 3), Sid.Create("AC", 1), from, to, "Hi")
        {
            MediaUrls = [.. media.Select(item => item.Item1)],
        }, Noon);
        return InboundParameters.Of(
            message, media, country, [.. more.Select(one => KeyValuePair.Create(one.Name, one.Value))]);
    }
}
