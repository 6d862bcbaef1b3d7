using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>A Messaging Service on the wire. Source: https://www.twilio.com/docs/messaging/api/service-resource.</summary>
internal sealed record ServiceResource
{
    /// <summary>SID with the prefix MG.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When a setting last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The webhook for inbound messages; null when there is none.</summary>
    public required string? InboundRequestUrl { get; init; }

    /// <summary>GET or POST.</summary>
    public required string InboundMethod { get; init; }

    /// <summary>Asked when the inbound webhook fails; null when there is none.</summary>
    public required string? FallbackUrl { get; init; }

    /// <summary>GET or POST.</summary>
    public required string FallbackMethod { get; init; }

    /// <summary>Where status callbacks go; null when there is none.</summary>
    public required string? StatusCallback { get; init; }

    /// <summary>Whether a recipient gets the same sender every time.</summary>
    public required bool StickySender { get; init; }

    /// <summary>Whether media become links where MMS does not arrive.</summary>
    public required bool MmsConverter { get; init; }

    /// <summary>Whether look-alike characters are replaced to stay in GSM-7.</summary>
    public required bool SmartEncoding { get; init; }

    /// <summary>Reserved by Twilio.</summary>
    public required ScanMessageContent ScanMessageContent { get; init; }

    /// <summary>Obsolete at Twilio.</summary>
    public required bool FallbackToLongCode { get; init; }

    /// <summary>Whether recipients of the US and Canada get a sender of their area code.</summary>
    public required bool AreaCodeGeomatch { get; init; }

    /// <summary>How long a message may wait, in seconds.</summary>
    public required int ValidityPeriod { get; init; }

    /// <summary>Whether a message that no sender can carry is refused at once.</summary>
    public required bool SynchronousValidation { get; init; }

    /// <summary>What the Messaging Service is used for.</summary>
    public required Usecase Usecase { get; init; }

    /// <summary>Whether a US A2P campaign is registered.</summary>
    public required bool UsAppToPersonRegistered { get; init; }

    /// <summary>Whether inbound messages go to the webhook of the number that received them.</summary>
    public required bool UseInboundWebhookOnNumber { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The addresses of what belongs to it.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The resource of a Messaging Service, its addresses on the host that the request came to.</summary>
    public static ServiceResource Of(MessagingService service, bool hasCampaign, HttpRequest request)
    {
        var url = request.AbsoluteUrl($"/v1/Services/{service.Sid}");
        return new()
        {
            Sid = service.Sid,
            AccountSid = service.AccountSid,
            FriendlyName = service.FriendlyName,
            DateCreated = new(service.DateCreated),
            DateUpdated = new(service.DateUpdated),
            InboundRequestUrl = service.InboundRequestUrl,
            InboundMethod = service.InboundMethod,
            FallbackUrl = service.FallbackUrl,
            FallbackMethod = service.FallbackMethod,
            StatusCallback = service.StatusCallback,
            StickySender = service.StickySender,
            MmsConverter = service.MmsConverter,
            SmartEncoding = service.SmartEncoding,
            ScanMessageContent = service.ScanMessageContent,
            FallbackToLongCode = service.FallbackToLongCode,
            AreaCodeGeomatch = service.AreaCodeGeomatch,
            ValidityPeriod = service.ValidityPeriod,
            SynchronousValidation = service.SynchronousValidation,
            Usecase = service.Usecase,
            UsAppToPersonRegistered = hasCampaign,
            UseInboundWebhookOnNumber = service.UseInboundWebhookOnNumber,
            Url = url,
            Links = new Dictionary<string, string>
            {
                ["phone_numbers"] = $"{url}/PhoneNumbers",
                ["short_codes"] = $"{url}/ShortCodes",
                ["alpha_senders"] = $"{url}/AlphaSenders",
                ["messages"] = $"{url}/Messages",
                ["us_app_to_person"] = $"{url}/Compliance/Usa2p",
                ["us_app_to_person_usecases"] = $"{url}/Compliance/Usa2p/Usecases",
                ["channel_senders"] = $"{url}/ChannelSenders",
                ["destination_alpha_senders"] = $"{url}/DestinationAlphaSenders",
            },
        };
    }
}

/// <summary>The settings of a Messaging Service that a caller may give. Absent keeps, or takes the default; an empty URL clears.</summary>
internal abstract record ServiceForm
{
    /// <summary>A name for people, at most 64 characters. Required on creation.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The webhook for inbound messages.</summary>
    public string? InboundRequestUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>; <c>POST</c> by default.</summary>
    public string? InboundMethod { get; init; }

    /// <summary>Asked when the inbound webhook fails.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>; <c>POST</c> by default.</summary>
    public string? FallbackMethod { get; init; }

    /// <summary>Where the status callbacks of messages go that name no URL of their own.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>Whether a recipient gets the same sender every time; true by default.</summary>
    public string? StickySender { get; init; }

    /// <summary>Whether media become links where MMS does not arrive; true by default.</summary>
    public string? MmsConverter { get; init; }

    /// <summary>Whether look-alike characters are replaced to stay in GSM-7; true by default.</summary>
    public string? SmartEncoding { get; init; }

    /// <summary><c>inherit</c> (default), <c>enable</c> or <c>disable</c>. Reserved by Twilio.</summary>
    public string? ScanMessageContent { get; init; }

    /// <summary>Obsolete at Twilio; true by default.</summary>
    public string? FallbackToLongCode { get; init; }

    /// <summary>Whether recipients of the US and Canada get a sender of their area code; true by default.</summary>
    public string? AreaCodeGeomatch { get; init; }

    /// <summary>How long a message may wait, in seconds, 1 to 36,000 (default).</summary>
    public string? ValidityPeriod { get; init; }

    /// <summary>Whether a message that no sender can carry is refused at once; false by default.</summary>
    public string? SynchronousValidation { get; init; }

    /// <summary><c>notifications</c>, <c>marketing</c>, <c>verification</c>, <c>discussion</c>, <c>poll</c> or <c>undeclared</c> (default).</summary>
    public string? Usecase { get; init; }

    /// <summary>Whether inbound messages go to the webhook of the number; by default true unless <c>InboundRequestUrl</c> is given.</summary>
    public string? UseInboundWebhookOnNumber { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
    public void ApplyTo(MessagingService service)
    {
        service.FriendlyName = FriendlyName.OrKeep(service.FriendlyName);
        service.InboundRequestUrl = InboundRequestUrl.OrKeepNullable(service.InboundRequestUrl);
        service.InboundMethod = InboundMethod.OrKeepMethod(service.InboundMethod);
        service.FallbackUrl = FallbackUrl.OrKeepNullable(service.FallbackUrl);
        service.FallbackMethod = FallbackMethod.OrKeepMethod(service.FallbackMethod);
        service.StatusCallback = StatusCallback.OrKeepNullable(service.StatusCallback);
        service.StickySender = StickySender.OrKeep(service.StickySender);
        service.MmsConverter = MmsConverter.OrKeep(service.MmsConverter);
        service.SmartEncoding = SmartEncoding.OrKeep(service.SmartEncoding);
        service.ScanMessageContent = ScanMessageContent.OrKeep(service.ScanMessageContent);
        service.FallbackToLongCode = FallbackToLongCode.OrKeep(service.FallbackToLongCode);
        service.AreaCodeGeomatch = AreaCodeGeomatch.OrKeep(service.AreaCodeGeomatch);
        service.ValidityPeriod = ValidityPeriod.OrKeep(service.ValidityPeriod);
        service.SynchronousValidation = SynchronousValidation.OrKeep(service.SynchronousValidation);
        service.Usecase = Usecase.OrKeep(service.Usecase);
        // Whoever chooses a webhook wants no conversations any more.
        if (UseInboundWebhookOnNumber is not null)
            service.HandleInbound(bool.Parse(UseInboundWebhookOnNumber) ? InboundHandling.SenderWebhook : InboundHandling.ServiceWebhook);
    }
}

/// <summary>The parameters with which a Messaging Service is created. Source: https://www.twilio.com/docs/messaging/api/service-resource#create-a-service-resource.</summary>
internal sealed record CreateServiceForm : ServiceForm
{
    /// <summary>Gives a new Messaging Service its settings: whoever names a webhook for it wants that webhook called.</summary>
    public void Configure(MessagingService service)
    {
        service.UseInboundWebhookOnNumber = string.IsNullOrEmpty(InboundRequestUrl);
        ApplyTo(service);
    }
}

/// <summary>The parameters with which a Messaging Service is changed; all are optional.</summary>
internal sealed record UpdateServiceForm : ServiceForm;
