namespace MessagingServices.Domain;

/// <content>All errors of the server, by topic. Each name and text explains the error.</content>
public sealed partial record MessagingError
{
    // Requests in general
    public static readonly MessagingError BadParameter = new(20001, 400, "{0}");
    public static readonly MessagingError InvalidFriendlyName = new(20002, 400, "Invalid FriendlyName");
    public static readonly MessagingError NoCredentials =
        new(20003, 401, "Authentication Error - No credentials provided");
    public static readonly MessagingError InvalidUsername = new(20003, 401, "Authentication Error - invalid username");
    public static readonly MessagingError WrongToken =
        new(20003, 401, "authentication failed, auth token is not valid for account {0}");
    public static readonly MessagingError WrongKey = new(20003, 401, "Authenticate");
    public static readonly MessagingError Forbidden = new(20403, 403, "{0}");
    public static readonly MessagingError AccountNotActive = new(20005, 403, "Account not active");
    public static readonly MessagingError NotForTestCredentials =
        new(20008, 403, "Resource not accessible with Test Account Credentials");
    public static readonly MessagingError NotForKeys = new(20003, 401, "Authenticate");
    public static readonly MessagingError NotInPolicy =
        new(70051, 403, "The API key has no permission for this: {0}");
    public static readonly MessagingError MethodNotAllowed = new(20004, 405, "The requested method is not allowed");
    public static readonly MessagingError NotComplete =
        new(20009, 409, "Cannot delete this resource before it is complete");
    public static readonly MessagingError NotFound = new(20404, 404, "The requested resource {0} was not found");
    public static readonly MessagingError TooLarge = new(20413, 413, "Request Entity Too Large");
    public static readonly MessagingError PathTooLong = new(20001, 414, "The path and its query are too long");
    public static readonly MessagingError TooManyRequests = new(20429, 429, "Too Many Requests");
    /// <summary>Not a code of Twilio's: Twilio has none from 99000 on.</summary>
    public static readonly MessagingError NotEmulated = new(99501, 501, "{0}");
    public static readonly MessagingError Unreachable = new(99502, 502, "{0}");
    public static readonly MessagingError InternalError = new(20500, 500, "Internal Server Error");
    public static readonly MessagingError Unavailable = new(20503, 503, "Service unavailable");
    public static readonly MessagingError LinkExpired = new(20410, 410, "The link has expired");
    public static readonly MessagingError InvalidPageToken = new(21481, 400, "Invalid PageToken");

    // Phone numbers
    public static readonly MessagingError InvalidNumberUrl = new(21402, 400, "Invalid Url");
    public static readonly MessagingError InvalidNumberMethod = new(21403, 400, "Invalid Method");
    public static readonly MessagingError FallbackWithoutSmsUrl =
        new(21406, 400, "Cannot set SmsFallbackUrl without setting SmsUrl");
    public static readonly MessagingError UnknownSmsApplication =
        new(21420, 400, "SmsApplicationSid {0} is not an application of the account");
    public static readonly MessagingError InvalidPhoneNumber = new(21421, 400, "PhoneNumber {0} is invalid");
    public static readonly MessagingError PhoneNumberNotAvailable = new(21422, 400, "{0} is not available");
    public static readonly MessagingError InvalidAreaCode = new(21451, 400, "Invalid area code");
    public static readonly MessagingError NoNumberInAreaCode =
        new(21452, 400, "No phone numbers found in area code {0}");

    // Creating a message
    public static readonly MessagingError InvalidTo = new(21211, 400, "Invalid 'To' Phone Number: {0}");
    public static readonly MessagingError InvalidWhatsAppTo =
        new(21211, 400, "The 'To' number {0} is not a valid phone number.");
    public static readonly MessagingError InvalidFrom =
        new(21212, 400, "The 'From' number {0} is not a valid phone number, shortcode, or alphanumeric sender ID.");
    public static readonly MessagingError ToIsShortCode = new(21265, 400, "'To' number cannot be a Short Code: {0}");
    public static readonly MessagingError ToEqualsFrom =
        new(21266, 400, "'To' and 'From' number cannot be the same: {0}");
    public static readonly MessagingError PremiumRate =
        new(21268, 400, "Sending to Premium rate or Information Service numbers is not allowed");
    public static readonly MessagingError FromMissing =
        new(21603, 400, "A 'From' or 'MessagingServiceSid' parameter is required to send a message");
    public static readonly MessagingError ToMissing = new(21604, 400, "A 'To' phone number is required.");
    public static readonly MessagingError InboundFromMissing =
        new(21603, 400, "A 'From' phone number is required to receive a message");
    public static readonly MessagingError ReceiverUnknown =
        new(21606, 400, "The 'To' address {0} is not a message-capable sender of the account");
    public static readonly MessagingError TestFromUnusable = new(21606, 400,
        "The 'From' phone number provided ({0}) is not a valid message-capable Twilio phone number for this "
        + "destination");
    public static readonly MessagingError RegionNotAllowed = new(21408, 400,
        "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {0}.");
    public static readonly MessagingError NotMobile = new(21614, 400, "To number: {0}, is not a mobile number");
    public static readonly MessagingError InvalidStatusCallback =
        new(21609, 400, "The 'StatusCallback' URL {0} is not a valid URL.");
    public static readonly MessagingError OptedOut = new(21610, 400, "Attempt to send to unsubscribed recipient");
    public static readonly MessagingError SenderQueueFull = new(21611, 400, "SMS queue is full.");
    public static readonly MessagingError NotReachable =
        new(21612, 400,
            "The 'To' phone number: {0}, is not currently reachable using the 'From' phone number: {1} via SMS.");
    public static readonly MessagingError BodyTooLong =
        new(21617, 400, "The concatenated message body exceeds the 1600 character limit.");
    public static readonly MessagingError ContentMissing =
        new(21619, 400, "A text message body or media urls must be specified.");
    public static readonly MessagingError InvalidMediaUrl = new(21620, 400, "Invalid media URL(s)");
    public static readonly MessagingError FromWithoutMms =
        new(21621, 400, "The 'From' number {0} has not been enabled for MMS");
    public static readonly MessagingError TooManyMedia = new(21623, 400, "Number of media files exceeds allowed limit");
    public static readonly MessagingError InvalidValidityPeriod = new(21624, 400, "Invalid validity period value");
    public static readonly MessagingError InvalidMaxPrice = new(21627, 400, "Invalid MaxPrice parameter {0}");
    public static readonly MessagingError InvalidApplicationSid = new(21218, 400, "Invalid ApplicationSid {0}");
    public static readonly MessagingError ContentSidMissing = new(21654, 400, "ContentSid Required");
    public static readonly MessagingError InvalidContentSid = new(21655, 400, "The ContentSid is Invalid");
    public static readonly MessagingError InvalidContentVariables =
        new(21656, 400, "The Content Variables parameter is invalid.");
    public static readonly MessagingError ShortenUrlsWithoutService =
        new(30124, 400, "MessagingServiceSID cannot be empty or null");
    public static readonly MessagingError InvalidContentRetention = new(30029, 400, "Invalid ContentRetention");
    public static readonly MessagingError InvalidAddressRetention = new(30030, 400, "Invalid AddressRetention");

    public static readonly MessagingError UnusableFrom =
        new(21659, 400, "'From' {0} is not a Twilio phone number or Short Code country mismatch");
    public static readonly MessagingError FallbackWithFrom =
        new(21664, 400, "'FallbackFrom' cannot be used with a 'From' sender");
    public static readonly MessagingError InvalidFallbackFrom = new(21665, 400, "Invalid 'FallbackFrom' sender {0}");
    public static readonly MessagingError FallbackWithoutService =
        new(21666, 400, "'FallbackFrom' requires MessagingServiceSid");
    public static readonly MessagingError FallbackWithoutRcs =
        new(21667, 400, "'FallbackFrom' requires the Messaging Service to have an RCS Sender");
    public static readonly MessagingError ChannelMismatch =
        new(21910, 400, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
    public static readonly MessagingError UnknownChannelFrom =
        new(63007, 400, "Twilio could not find a Channel with the specified From address");

    // Scheduling
    public static readonly MessagingError SendAtMissing =
        new(35111, 400, "SendAt cannot be empty for ScheduleType 'fixed'");
    public static readonly MessagingError SendAtUnreadable =
        new(35114, 400, "SendAt time must be an ISO 8601 time such as 2030-01-31T10:30:00Z");
    public static readonly MessagingError SendAtTooLate =
        new(35115, 400, "SendAt time must be at most 35 days in the future");
    public static readonly MessagingError SendAtTooEarly =
        new(35117, 400, "SendAt time must be at least 300 seconds in the future");
    public static readonly MessagingError ScheduleWithoutService =
        new(35118, 400, "MessagingServiceSid is required to schedule a message");
    public static readonly MessagingError InvalidScheduleType =
        new(35126, 400, "The ScheduleType value provided is not supported for this channel");

    // Updating a message
    public static readonly MessagingError InvalidUpdate = new(30400, 400, "Parameters are not valid");
    public static readonly MessagingError NotCancelable = new(30409, 409, "This message cannot be canceled");

    // Messaging Services
    public static readonly MessagingError UnknownService = new(21701, 400, "The Messaging Service does not exist");
    public static readonly MessagingError NoUsableSender =
        new(21703, 400, "The Messaging Service does not have a phone number available to send a message");
    public static readonly MessagingError EmptyPool =
        new(21704, 400, "The Messaging Service contains no phone numbers");
    public static readonly MessagingError MalformedService =
        new(21705, 400, "The Messaging Service Sid {0} is invalid");
    public static readonly MessagingError SenderInService =
        new(21710, 409, "Phone Number or Short Code is already in the Messaging Service.");
    public static readonly MessagingError SenderInOtherService =
        new(21712, 409, "Phone Number or Short Code is associated with another Messaging Service.");
    public static readonly MessagingError InvalidUsecase = new(21713, 400, "Messaging Service Use Case is Invalid");
    public static readonly MessagingError PoolFull = new(21714, 412, "Number Pool size limit reached");
    public static readonly MessagingError SenderWithoutMessaging =
        new(21715, 400, "Phone Number does not have the capabilities that a Messaging Service needs");
    public static readonly MessagingError AlphaSenderMissing =
        new(21708, 400, "Alpha Sender ID Missing from the request");
    public static readonly MessagingError InvalidAlphaSender =
        new(21709, 400, "Alpha Sender ID is Invalid or Not Authorized for this Messaging Service");
    public static readonly MessagingError UnknownChannelSender =
        new(20404, 404, "The requested resource /Channels/Senders/{0} was not found");
    public static readonly MessagingError SenderTaken = new(20409, 409, "The sender {0} is registered already");
    public static readonly MessagingError InvalidChannelSender = new(63100, 400, "Validation Error: {0}");
    public static readonly MessagingError ServiceValidityPeriod = new(90007, 400, "Invalid validity period value");

    // Content templates
    public static readonly MessagingError ApprovalExists =
        new(20409, 409, "The content template {0} was submitted to WhatsApp already");

    // Deactivated numbers
    public static readonly MessagingError DeactivationsTooOld = new(30113, 400, "Specified date is too old");
    public static readonly MessagingError DeactivationsTooEarly =
        new(30114, 400, "Specified date is not available yet");
    public static readonly MessagingError DeactivationsUnreadable = new(30115, 400, "Date format is incorrect");

    // Consents: one error for each item of a successful response
    public static readonly MessagingError ConsentRefused = new(30646, 0, "Failed to Upsert Consent");

    // A2P campaigns
    public static readonly MessagingError CampaignExists =
        new(20409, 409, "The Messaging Service {0} has a US A2P campaign already");
    public static readonly MessagingError InvalidBrand =
        new(21717, 400, "Brand Registration SID {0} is not registered or not valid");
    public static readonly MessagingError InvalidCampaignUsecase = new(21720, 400, "A2P Use Case {0} is invalid");
    public static readonly MessagingError CampaignParameterMissing =
        new(21727, 400, "Campaign registration failed due to missing parameter: {0}");
    public static readonly MessagingError CampaignLength =
        new(21728, 400, "Campaign registration failed due to length validation failure: {0}");

    // Conversations
    public static readonly MessagingError ConversationClosed = new(20001, 400, "The conversation {0} is closed");
    public static readonly MessagingError TooManyConversationWebhooks =
        new(20001, 400, "A conversation has at most {0} webhooks");
    public static readonly MessagingError AddressConfigured =
        new(20409, 409, "The address {0} has a configuration already");
    public static readonly MessagingError ConversationNotFound = new(50350, 404, "Conversation not found");
    public static readonly MessagingError UnknownWebhookFilter = new(50365, 400, "Invalid webhook filter {0}");
    public static readonly MessagingError WebhookWithoutFilter =
        new(50370, 400, "A webhook needs at least one filter");
    public static readonly MessagingError UniqueNameTaken =
        new(50353, 409, "Conversation with provided unique name already exists");
    public static readonly MessagingError InvalidParticipantAddress =
        new(50407, 400, "Invalid messaging binding address {0}");
    public static readonly MessagingError InvalidProxyAddress =
        new(50408, 400, "Invalid messaging binding proxy address {0}");
    public static readonly MessagingError SameProxyAddress =
        new(50409, 400, "Messaging binding address and proxy address cannot be the same");
    public static readonly MessagingError ProxyAddressIsFixed =
        new(50441, 400, "Messaging binding proxy address of a participant cannot be changed");
    public static readonly MessagingError ForeignProxyAddress =
        new(50413, 400, "The proxy address {0} is not an address of the account");
    public static readonly MessagingError ProxyOfOtherChannel =
        new(50414, 400, "Messaging binding address and proxy address must be of the same type");
    public static readonly MessagingError PairTaken =
        new(50416, 409, "A binding for this participant and proxy address already exists in Conversation {0}");
    public static readonly MessagingError TooManyParticipants =
        new(50417, 400, "The conversation has as many participants as it can have");
    public static readonly MessagingError ParticipantNotFound = new(50432, 404, "Participant not found");
    public static readonly MessagingError ParticipantExists = new(50433, 409, "Participant already exists");

    // How a message ends
    public static readonly MessagingError QueueOverflow = new(30001, 0, "Queue overflow");
    public static readonly MessagingError AccountSuspended = new(30002, 0, "Account suspended");
    public static readonly MessagingError UnreachableHandset = new(30003, 0, "Unreachable destination handset");
    public static readonly MessagingError Blocked = new(30004, 0, "Message blocked");
    public static readonly MessagingError UnknownHandset = new(30005, 0, "Unknown destination handset");
    public static readonly MessagingError Landline = new(30006, 0, "Landline or unreachable carrier");
    public static readonly MessagingError Filtered = new(30007, 0, "Message filtered");
    public static readonly MessagingError UnknownFailure = new(30008, 0, "Unknown error");
    public static readonly MessagingError MmsNotSupported =
        new(30011, 0, "MMS not supported by the receiving phone number in this region");
    public static readonly MessagingError TollFreeNotVerified =
        new(30032, 400, "Toll-Free Number Has Not Been Verified");
    public static readonly MessagingError SuspendedCampaign = new(30033, 0, "US A2P 10DLC - Campaign Suspended");
    public static readonly MessagingError UnregisteredNumber =
        new(30034, 0, "US A2P 10DLC - Message from an Unregistered Number");
    public static readonly MessagingError OutsideWhatsAppWindow =
        new(63016, 0,
            "Failed to send freeform message because you are outside the allowed window. "
            + "If you are using WhatsApp, please use a Message Template.");
    public static readonly MessagingError TemplateRejected = new(63040, 0, "Template Rejected");
    public static readonly MessagingError TemplatePaused = new(63041, 0, "Template paused");
    public static readonly MessagingError TemplateDisabled = new(63042, 0, "Template disabled");
    public static readonly MessagingError NoWhatsAppRecipient = new(63024, 0, "Invalid message recipient");
    public static readonly MessagingError NoRcsRecipient =
        new(63036, 0, "The specified phone number cannot be reached using RCS at this time.");
    public static readonly MessagingError ValidityPeriodExpired = new(30036, 0, "Validity Period Expired");

    // Why media could not be fetched
    public static readonly MessagingError RetrievalFailure = new(11200, 0, "HTTP retrieval failure");
    public static readonly MessagingError RetrievalTimeout =
        new(11203, 0, "HTTP communication total time out triggered");
    public static readonly MessagingError ConnectionFailure = new(11205, 0, "HTTP connection failure");
    public static readonly MessagingError ProtocolViolation = new(11206, 0, "HTTP protocol violation");
    public static readonly MessagingError BadHostName = new(11210, 0, "HTTP bad host name");
    public static readonly MessagingError TooManyRedirects = new(11215, 0, "HTTP too many redirects");
    public static readonly MessagingError InvalidRedirect = new(11216, 0, "HTTP invalid redirect");
    public static readonly MessagingError MediaTooLarge =
        new(11751, 0, "Media Message - Media exceeds messaging provider size limit");
    public static readonly MessagingError InvalidContentType = new(12300, 0, "Invalid Content-Type");
    public static readonly MessagingError MediaDownloadFailed = new(63019, 0, "Media failed to download");

    // Errors in an application's response to an inbound message
    public static readonly MessagingError InvalidUrlFormat = new(11100, 0, "Invalid URL format");
    public static readonly MessagingError ResponseTooLarge = new(11750, 0, "TwiML response body too large");
    public static readonly MessagingError DocumentParseFailure = new(12100, 0, "Document parse failure");
    public static readonly MessagingError RootNotResponse = new(12102, 0, "The root element must be Response");
    public static readonly MessagingError SchemaWarning = new(12200, 0, "Schema validation warning");
    public static readonly MessagingError InvalidToAttribute = new(14101, 0, "Invalid \"To\" attribute");
    public static readonly MessagingError InvalidFromAttribute = new(14102, 0, "Invalid \"From\" attribute");
    public static readonly MessagingError InvalidBodyOfReply = new(14103, 0, "Invalid Body");
    public static readonly MessagingError InvalidMethodAttribute = new(14104, 0, "Invalid Method attribute");
    public static readonly MessagingError InvalidStatusCallbackAttribute =
        new(14105, 0, "Invalid statusCallback attribute");
    public static readonly MessagingError DocumentLimitReached = new(14106, 0, "Document retrieval limit reached");
    public static readonly MessagingError FromWithoutSms = new(14108, 0, "From phone number not SMS capable ({0})");
    public static readonly MessagingError TooManyReplies = new(14109, 0, "TwiML Reply message limit exceeded");
    public static readonly MessagingError InvalidVerb = new(14110, 0, "Invalid Verb for SMS Reply");

    private static readonly Dictionary<int, string> Texts = new[]
    {
        NoUsableSender, EmptyPool, UnknownService, UnusableFrom, OptedOut, QueueOverflow, AccountSuspended,
        UnreachableHandset, Blocked,
        UnknownHandset, Landline, Filtered, UnknownFailure, ValidityPeriodExpired, MmsNotSupported, UnregisteredNumber,
        TollFreeNotVerified, SuspendedCampaign,
        OutsideWhatsAppWindow, TemplateRejected, TemplatePaused, TemplateDisabled, NoWhatsAppRecipient,
        NoRcsRecipient, RetrievalFailure, RetrievalTimeout,
        ConnectionFailure, ProtocolViolation,
        BadHostName, TooManyRedirects, InvalidRedirect, MediaTooLarge, InvalidContentType, MediaDownloadFailed,
        InvalidUrlFormat, ResponseTooLarge, DocumentParseFailure, RootNotResponse, SchemaWarning, InvalidToAttribute,
        InvalidFromAttribute, InvalidBodyOfReply, InvalidMethodAttribute, InvalidStatusCallbackAttribute,
        DocumentLimitReached, FromWithoutSms, TooManyReplies, InvalidVerb,
    }.ToDictionary(error => error.Code, error => error.Text.Replace(" ({0})", "", StringComparison.Ordinal)
        .Replace(" {0}", "", StringComparison.Ordinal));

    /// <summary>The titles of all error codes that a carrier rule may set.</summary>
    private static readonly Dictionary<int, string> Titles =
        Table.Read("delivery-errors.txt").Select(line => line.Split(' ', 2))
        .ToDictionary(row => int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), row => row[1]);

    /// <summary>
    /// The <c>error_message</c> of a message that ended with <paramref name="code"/>; null without a code or for an
    /// unknown code.
    /// </summary>
    public static string? TextOf(int? code) =>
        code is { } known ? Texts.GetValueOrDefault(known) ?? Titles.GetValueOrDefault(known) : null;
}
