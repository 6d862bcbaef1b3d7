namespace MessagingServices.Domain;

/// <summary>The two letters with which the SIDs of each kind of resource begin.</summary>
public static class SidPrefix
{
    /// <summary>An account.</summary>
    public const string Account = "AC";

    /// <summary>A Messaging Service.</summary>
    public const string MessagingService = "MG";

    /// <summary>A message without media, sent as SMS.</summary>
    public const string TextMessage = "SM";

    /// <summary>A message with media, or whose text is sent as MMS.</summary>
    public const string MediaMessage = "MM";

    /// <summary>A medium of a message.</summary>
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

    /// <summary>A content template of the account.</summary>
    public const string ContentTemplate = "HX";

    /// <summary>An application of the account.</summary>
    public const string Application = "AP";

    /// <summary>A rule of the simulated carrier.</summary>
    public const string CarrierRule = "CR";

    /// <summary>A webhook: one request, with all its attempts, that the server owes to an application.</summary>
    public const string Webhook = "WH";

    /// <summary>A request to the API, in the <c>Twilio-Request-Id</c> header.</summary>
    public const string Request = "RQ";

    /// <summary>A conversation.</summary>
    public const string Conversation = "CH";

    /// <summary>A participant of a conversation.</summary>
    public const string ConversationParticipant = "MB";

    /// <summary>A message of a conversation.</summary>
    public const string ConversationMessage = "IM";

    /// <summary>That a message of a conversation went to a participant.</summary>
    public const string ConversationDelivery = "DY";

    /// <summary>What becomes of messages to one address.</summary>
    public const string AddressConfiguration = "IG";

    /// <summary>A conversation service.</summary>
    public const string ChatService = "IS";

    /// <summary>A role of a participant.</summary>
    public const string Role = "RL";

    /// <summary>A flow of Twilio Studio.</summary>
    public const string StudioFlow = "FW";
}
