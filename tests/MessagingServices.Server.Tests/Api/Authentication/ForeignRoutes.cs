using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Authentication;

/// <summary>
/// What the walk over all routes must know of them: the resource that a part of a path names, the forms that pass the
/// rules, and the fields that name a resource. A new route needs a line here only if it has one of those.
/// </summary>
internal static class ForeignRoutes
{
    /// <summary>
    /// The kinds of resources that a parameter of a path names, by the path up to the parameter. A parameter that names
    /// no resource has none.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> Kinds = new Dictionary<string, string[]>
    {
        ["2010-04-01/Accounts/{AccountSid}/Applications/{sid}"] = ["application"],
        ["2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{countryCode}"] = [],
        ["2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{sid}"] = ["number"],
        ["2010-04-01/Accounts/{AccountSid}/Keys/{sid}"] = ["key"],
        ["2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}"] = ["message"],
        ["2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}/Media/{sid}"] = ["media"],
        ["2010-04-01/Accounts/{AccountSid}/Messages/{sid}"] = ["message", "pendingMessage"],
        ["2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes/{sid}"] = ["shortCode"],
        ["2010-04-01/Accounts/{AccountSid}/SigningKeys/{sid}"] = ["key"],
        ["content/v1/Content/{contentSid}"] = ["template"],
        ["content/v1/Content/{sid}"] = ["template"],
        ["conversations/v1/Configuration/Addresses/{name}"] = ["address"],
        ["conversations/v1/Conversations/{conversation}"] = ["conversation", "conversationName"],
        ["conversations/v1/Conversations/{conversation}/Messages/{messageSid}"] = ["conversationMessage"],
        ["conversations/v1/Conversations/{conversation}/Messages/{messageSid}/Receipts/{sid}"] = ["receipt"],
        ["conversations/v1/Conversations/{conversation}/Messages/{sid}"] = ["conversationMessage"],
        ["conversations/v1/Conversations/{conversation}/Participants/{name}"] = ["participant"],
        ["conversations/v1/Conversations/{conversation}/Webhooks/{sid}"] = ["conversationWebhook"],
        ["conversations/v1/Conversations/{name}"] = ["conversation", "conversationName"],
        ["conversations/v1/Services/{sid}"] = ["conversationService"],
        // Only the configured account has accounts: DeleteAccountTests.
        ["emulator/v1/Accounts/{sid}"] = [],
        ["emulator/v1/CarrierRules/{sid}"] = ["rule"],
        // The same without credentials.
        ["emulator/v1/Environment/{file}"] = [],
        ["emulator/v1/ChannelSenders/{sid}"] = ["channelSender"],
        ["emulator/v1/Messages/{sid}"] = ["message", "pendingMessage"],
        ["emulator/v1/RequestRules/{sid}"] = ["requestRule"],
        ["emulator/v1/Registrations/{sid}"] = ["brand", "vetting", "campaign", "verification", "template"],
        ["emulator/v1/Services/{serviceSid}"] = ["service"],
        ["emulator/v1/Services/{sid}"] = ["service"],
        ["emulator/v1/WebhookRules/{sid}"] = ["webhookRule"],
        ["emulator/v1/Webhooks/{sid}"] = ["webhook", "pendingWebhook"],
        ["iam/v1/Keys/{sid}"] = ["key"],
        ["monitor/v1/Alerts/{sid}"] = ["alert"],
        // There are none.
        ["monitor/v1/Events/{sid}"] = [],
        ["v1/Services/{serviceSid}"] = ["service"],
        ["v1/Services/{serviceSid}/AlphaSenders/{sid}"] = ["alphaSender"],
        ["v1/Services/{serviceSid}/ChannelSenders/{sid}"] = ["channelSender"],
        ["v1/Services/{serviceSid}/Compliance/Usa2p/{sid}"] = ["campaign"],
        ["v1/Services/{serviceSid}/DestinationAlphaSenders/{sid}"] = ["alphaSender"],
        ["v1/Services/{serviceSid}/PhoneNumbers/{sid}"] = ["number"],
        ["v1/Services/{serviceSid}/ShortCodes/{sid}"] = ["shortCode"],
        ["v1/Services/{sid}"] = ["service"],
        ["v1/Tollfree/Verifications/{sid}"] = ["verification"],
        ["v1/a2p/BrandRegistrations/{brandSid}"] = ["brand"],
        ["v1/a2p/BrandRegistrations/{brandSid}/Vettings/{sid}"] = ["vetting"],
        ["v1/a2p/BrandRegistrations/{sid}"] = ["brand"],
        ["v2/Channels/Senders/{sid}"] = ["channelSender"],
    };

    /// <summary>Forms that pass the rules, of routes that need one.</summary>
    public static readonly IReadOnlyDictionary<string, (string Name, string Value)[]> Forms =
        new Dictionary<string, (string, string)[]>
        {
            ["POST 2010-04-01/Accounts/{AccountSid}/Messages/{sid}"] = [("Body", "")],
            ["POST 2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}/Feedback"] = [("Outcome", "confirmed")],
            ["POST conversations/v1/Conversations/{conversation}/Messages"] = [("Body", "Hi")],
            ["POST conversations/v1/Conversations/{conversation}/Participants"] = [("Identity", "alice")],
            ["POST conversations/v1/Conversations/{conversation}/Webhooks"] =
                [("Target", "webhook"), ("Configuration.Url", "https://example.com/"),
                    ("Configuration.Filters", "onMessageAdded")],
            ["POST emulator/v1/ChannelSenders/{sid}"] = [("ApprovedCountries", "US")],
            ["POST emulator/v1/Services/{sid}/Integration"] = [("InboundHandling", "sender_webhook")],
            ["POST emulator/v1/Services/{serviceSid}/AdvancedOptOut"] = [("Enabled", "true")],
            ["POST v1/Services/{serviceSid}/AlphaSenders"] = [("AlphaSender", "OWL")],
            ["POST v1/Services/{serviceSid}/DestinationAlphaSenders"] = [("AlphaSender", "OWL")],
            ["POST v1/Services/{serviceSid}/ChannelSenders"] = [("Sid", "[channelSender]")],
            ["POST v1/Services/{serviceSid}/PhoneNumbers"] = [("PhoneNumberSid", "[number]")],
            ["POST v1/Services/{serviceSid}/ShortCodes"] = [("ShortCodeSid", "[shortCode]")],
            ["POST v1/Services/{serviceSid}/Compliance/Usa2p"] = CampaignsApi.Needed,
            ["POST v1/Services/{serviceSid}/Compliance/Usa2p/{sid}"] = CampaignsApi.NeededByUpdate,
            ["POST v1/a2p/BrandRegistrations/{brandSid}/Vettings"] = [("VettingProvider", "aegis")],
        };

    /// <summary>Bodies in JSON that pass the rules.</summary>
    public static readonly IReadOnlyDictionary<string, string> Json = new Dictionary<string, string>
    {
        ["PUT content/v1/Content/{sid}"] = """{"types": {"twilio/text": {"body": "x"}}}""",
        ["POST content/v1/Content/{contentSid}/ApprovalRequests/whatsapp"] =
            """{"name": "hello", "category": "UTILITY"}""",
        ["POST v2/Channels/Senders/{sid}"] = """{"webhook": {"callback_url": "https://example.com/"}}""",
    };

    /// <summary>A status to which a registration can be forced.</summary>
    public static readonly IReadOnlyDictionary<string, string> Statuses = new Dictionary<string, string>
    {
        ["brand"] = "APPROVED", ["vetting"] = "SUCCESS", ["campaign"] = "VERIFIED",
        ["verification"] = "TWILIO_APPROVED", ["template"] = "approved",
    };

    /// <summary>Fields of forms and queries that name a resource: the rest of the request, and the kind.</summary>
    public static readonly (string Route, string Field, string Kind, (string Name, string Value)[] More)[] References =
    [
        (Messages, "MessagingServiceSid", "service", [("To", To), ("Body", "Hi")]),
        (Messages, "ContentSid", "template", [("To", To), ("From", AccountWorld.Number)]),
        .. new[] { "", "/Local", "/Mobile", "/TollFree" }.Select(type => (
            $"POST {Account}/IncomingPhoneNumbers{type}.json", "SmsApplicationSid", "application",
            new[] { ("PhoneNumber", "+18005550177") })),
        ($"POST {Account}/IncomingPhoneNumbers/[number].json", "SmsApplicationSid", "application", []),
        ($"POST {Account}/SMS/ShortCodes/[shortCode].json", "SmsApplicationSid", "application", []),
        ("POST conversations/v1/Conversations", "MessagingServiceSid", "service", []),
        ("POST conversations/v1/Conversations/[conversation]", "MessagingServiceSid", "service", []),
        ("POST conversations/v1/Conversations/[conversation]/Messages", "ContentSid", "template", []),
        ("POST emulator/v1/SenderSelections", "MessagingServiceSid", "service", [("To", To)]),
        ("GET emulator/v1/Messages/Wait", "MessagingServiceSid", "service", [("Timeout", "0")]),
        ("GET emulator/v1/Messages/Wait", "After", "message", [("Timeout", "0")]),
        ("GET emulator/v1/OptOuts", "MessagingServiceSid", "service", []),
        ("DELETE emulator/v1/OptOuts", "MessagingServiceSid", "service", []),
        ("GET emulator/v1/StickySenders", "MessagingServiceSid", "service", []),
        ("GET emulator/v1/Webhooks", "MessageSid", "message", []),
        ("POST emulator/v1/Webhooks/Replay", "MessageSid", "message", []),
        ("GET emulator/v1/Webhooks", "MessageSid", "pendingMessage", []),
        ("POST iam/v1/Keys", "AccountSid", "account", []),
        ("GET iam/v1/Keys", "AccountSid", "account", []),
        ("GET monitor/v1/Alerts", "ResourceSid", "message", []),
        ("POST v1/Services/PreregisteredUsa2p", "MessagingServiceSid", "service", [("CampaignId", "CWL8DDD")]),
        ("POST v1/Services/[service]/ChannelSenders", "Sid", "channelSender", []),
        ("POST v1/Services/[service]/PhoneNumbers", "PhoneNumberSid", "number", []),
        ("POST v1/Services/[service]/ShortCodes", "ShortCodeSid", "shortCode", []),
        ("POST v1/Services/[service]/Compliance/Usa2p", "BrandRegistrationSid", "brand",
            CampaignsApi.Needed.Without("BrandRegistrationSid")),
        ("GET v1/Services/[service]/Compliance/Usa2p/Usecases", "BrandRegistrationSid", "brand", []),
        ("POST v1/Tollfree/Verifications", "TollfreePhoneNumberSid", "tollFree", RegistrationsApi.VerificationNeeds),
        ("GET v1/Tollfree/Verifications", "TollfreePhoneNumberSid", "tollFree", []),
        ("POST v2/Indicators/Typing.json", "messageId", "received", [("channel", "whatsapp")]),
    ];

    /// <summary>Fields with the name of a SID that name no resource of this server.</summary>
    public static readonly string[] OfNoResource =
    [
        "A2PProfileBundleSid", "AddressSid", "ApplicationSid", "AutoCreation.ConversationServiceSid",
        "AutoCreation.StudioFlowSid", "BundleSid", "Configuration.FlowSid", "CustomerProfileBundleSid",
        "CustomerProfileSid", "EmergencyAddressSid", "IdentitySid", "RoleSid", "TrunkSid", "TrustProductSid",
        "VoiceApplicationSid",
    ];

    private const string Account = "2010-04-01/Accounts/[account]";
    private const string Messages = $"POST {Account}/Messages.json";
    private const string To = "+14155550157";
}
