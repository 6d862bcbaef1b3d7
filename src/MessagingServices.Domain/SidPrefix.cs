namespace MessagingServices.Domain;

/// <summary>The first two letters of the SIDs of each kind of resource.</summary>
public static class SidPrefix
{
    public const string Account = "AC";

    /// <summary>An API key of an account.</summary>
    public const string ApiKey = "SK";

    public const string MessagingService = "MG";

    /// <summary>A message without media, sent as SMS.</summary>
    public const string TextMessage = "SM";

    /// <summary>A message with media, or whose text is sent as MMS.</summary>
    public const string MediaMessage = "MM";

    /// <summary>The prefix of a new message: <see cref="MediaMessage"/> or <see cref="TextMessage"/>.</summary>
    /// <param name="isMms">Whether the message has media, or its text is sent as MMS.</param>
    public static string OfMessage(bool isMms) => isMms ? MediaMessage : TextMessage;

    /// <summary>A media item of a message.</summary>
    public const string Media = "ME";

    /// <summary>A phone number of the account.</summary>
    public const string PhoneNumber = "PN";

    /// <summary>A short code of the account.</summary>
    public const string ShortCode = "SC";

    /// <summary>An alphanumeric sender of a Messaging Service.</summary>
    public const string AlphaSender = "AI";

    /// <summary>A WhatsApp or RCS sender of the account.</summary>
    public const string ChannelSender = "XE";

    /// <summary>An A2P campaign of a Messaging Service.</summary>
    public const string A2pCampaign = "QE";

    /// <summary>The brand that an A2P campaign belongs to.</summary>
    public const string BrandRegistration = "BN";

    /// <summary>A vetting of a brand.</summary>
    public const string BrandVetting = "VT";

    /// <summary>A bundle of Twilio's Trust Hub, such as a customer profile.</summary>
    public const string Bundle = "BU";

    /// <summary>The verification of a toll-free number.</summary>
    public const string TollfreeVerification = "HH";

    /// <summary>A content template of the account.</summary>
    public const string ContentTemplate = "HX";

    /// <summary>An application of the account.</summary>
    public const string Application = "AP";

    /// <summary>An alert: the error of a webhook.</summary>
    public const string Alert = "NO";

    /// <summary>A rule of the simulated carrier.</summary>
    public const string CarrierRule = "CR";

    /// <summary>A rule for webhooks.</summary>
    public const string WebhookRule = "WR";

    /// <summary>A rule of the requests to Twilio's APIs.</summary>
    public const string RequestRule = "QR";

    /// <summary>A webhook: one request to an application, with all its attempts.</summary>
    public const string Webhook = "WH";

    /// <summary>A request to the API, in the <c>Twilio-Request-Id</c> header.</summary>
    public const string Request = "RQ";

    public const string Conversation = "CH";

    /// <summary>A participant of a conversation.</summary>
    public const string ConversationParticipant = "MB";

    /// <summary>A message of a conversation.</summary>
    public const string ConversationMessage = "IM";

    /// <summary>The delivery of a conversation's message to one participant.</summary>
    public const string ConversationDelivery = "DY";

    /// <summary>The configuration of one address for conversations.</summary>
    public const string AddressConfiguration = "IG";

    /// <summary>A conversation service.</summary>
    public const string ChatService = "IS";

    public const string Role = "RL";

    /// <summary>A flow of Twilio Studio.</summary>
    public const string StudioFlow = "FW";
}
