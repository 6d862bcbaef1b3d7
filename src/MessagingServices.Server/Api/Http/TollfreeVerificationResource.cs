namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The verification of a toll-free number. Source:
/// https://www.twilio.com/docs/messaging/api/tollfree-verification-resource.
/// </summary>
internal sealed record TollfreeVerificationResource
{
    /// <summary>SID with the prefix HH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>SID of the customer profile, prefix BU; null for none.</summary>
    public required string? CustomerProfileSid { get; init; }

    /// <summary>SID of the trust product: null, because Twilio's Trust Hub is not emulated.</summary>
    public string? TrustProductSid { get; }

    /// <summary>SID of the regulated item: null, because Twilio's Trust Hub is not emulated.</summary>
    public string? RegulatedItemSid { get; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed, by a request or by the clock; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The name of the business.</summary>
    public required string BusinessName { get; init; }

    /// <summary>The website of the business.</summary>
    public required string BusinessWebsite { get; init; }

    /// <summary>The email address that hears of the result.</summary>
    public required string NotificationEmail { get; init; }

    /// <summary>What the messages are for.</summary>
    public required string UseCaseSummary { get; init; }

    /// <summary>A message as it will be sent.</summary>
    public required string ProductionMessageSample { get; init; }

    /// <summary>
    /// How people opt in: <c>VERBAL</c>, <c>WEB_FORM</c>, <c>PAPER_FORM</c>, <c>VIA_TEXT</c>, <c>MOBILE_QR_CODE</c>,
    /// <c>IMPORT</c> or <c>IMPORT_PLEASE_REPLACE</c>.
    /// </summary>
    public required string OptInType { get; init; }

    /// <summary>How many messages a month, such as <c>1,000</c>.</summary>
    public required string MessageVolume { get; init; }

    /// <summary>The address of the business; null for none.</summary>
    public required string? BusinessStreetAddress { get; init; }

    /// <summary>The second line of the address; null for none.</summary>
    public required string? BusinessStreetAddress2 { get; init; }

    /// <summary>The city of the business; null for none.</summary>
    public required string? BusinessCity { get; init; }

    /// <summary>The state, province or region of the business; null for none.</summary>
    public required string? BusinessStateProvinceRegion { get; init; }

    /// <summary>The postal code of the business; null for none.</summary>
    public required string? BusinessPostalCode { get; init; }

    /// <summary>The country of the business; null for none.</summary>
    public required string? BusinessCountry { get; init; }

    /// <summary>Anything else for the review; null for none.</summary>
    public required string? AdditionalInformation { get; init; }

    /// <summary>The first name of the contact; null for none.</summary>
    public required string? BusinessContactFirstName { get; init; }

    /// <summary>The last name of the contact; null for none.</summary>
    public required string? BusinessContactLastName { get; init; }

    /// <summary>The email address of the contact; null for none.</summary>
    public required string? BusinessContactEmail { get; init; }

    /// <summary>The phone number of the contact in E.164; null for none.</summary>
    public required string? BusinessContactPhone { get; init; }

    /// <summary>The number under which the business is registered; null for none.</summary>
    public required string? BusinessRegistrationNumber { get; init; }

    /// <summary>
    /// Who registered the business: <c>EIN</c>, <c>CBN</c>, <c>CRN</c>, <c>PROVINCIAL_NUMBER</c>, <c>VAT</c>,
    /// <c>ACN</c>, <c>ABN</c>, <c>BRN</c>, <c>SIREN</c>, <c>SIRET</c>, <c>NZBN</c>, <c>USt-IdNr</c>, <c>CIF</c>,
    /// <c>NIF</c>, <c>CNPJ</c>, <c>UID</c>, <c>NEQ</c> or <c>OTHER</c>; null for none.
    /// </summary>
    public required string? BusinessRegistrationAuthority { get; init; }

    /// <summary>The country where the business is registered; null for none.</summary>
    public required string? BusinessRegistrationCountry { get; init; }

    /// <summary>
    /// <c>PRIVATE_PROFIT</c>, <c>PUBLIC_PROFIT</c>, <c>SOLE_PROPRIETOR</c>, <c>NON_PROFIT</c> or <c>GOVERNMENT</c>;
    /// null for none.
    /// </summary>
    public required string? BusinessType { get; init; }

    /// <summary>The phone number under which the business is registered; null for none.</summary>
    public required string? BusinessRegistrationPhoneNumber { get; init; }

    /// <summary>The name under which the business trades; null for none.</summary>
    public required string? DoingBusinessAs { get; init; }

    /// <summary>The reply to an opt-in; null for none.</summary>
    public required string? OptInConfirmationMessage { get; init; }

    /// <summary>The reply to a request for help; null for none.</summary>
    public required string? HelpMessageSample { get; init; }

    /// <summary>The URL of the privacy policy; null for none.</summary>
    public required string? PrivacyPolicyUrl { get; init; }

    /// <summary>The URL of the terms and conditions; null for none.</summary>
    public required string? TermsAndConditionsUrl { get; init; }

    /// <summary>Who vetted a political sender: <c>CAMPAIGN_VERIFY</c>; null for none.</summary>
    public required string? VettingProvider { get; init; }

    /// <summary>The ID of that vetting, at most 500 characters; null for none.</summary>
    public required string? VettingId { get; init; }

    /// <summary>What the messages are for, in Twilio's words.</summary>
    public required IReadOnlyList<string> UseCaseCategories { get; init; }

    /// <summary>Pictures of how people opt in.</summary>
    public required IReadOnlyList<string> OptInImageUrls { get; init; }

    /// <summary>Words with which people opt in; null for none.</summary>
    public required IReadOnlyList<string>? OptInKeywords { get; init; }

    /// <summary>Whether messages are for adults only; null when that was not said.</summary>
    public required bool? AgeGatedContent { get; init; }

    /// <summary>SID of the number, prefix PN.</summary>
    public required Sid TollfreePhoneNumberSid { get; init; }

    /// <summary>The number in E.164.</summary>
    public required string TollfreePhoneNumber { get; init; }

    /// <summary><c>PENDING_REVIEW</c>, <c>IN_REVIEW</c>, <c>TWILIO_APPROVED</c> or <c>TWILIO_REJECTED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>Why it was rejected, in words; null when it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>Twilio's code of why it was rejected; null when it was not.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>Why it was rejected; null when it was not.</summary>
    public required IReadOnlyList<TollfreeRejection>? RejectionReasons { get; init; }

    /// <summary>
    /// When a rejected verification can no longer be changed, seven days after; ISO 8601. Null when it is not
    /// rejected.
    /// </summary>
    public required Iso8601Date? EditExpiration { get; init; }

    /// <summary>Whether a rejected verification can be changed; null when it is not rejected.</summary>
    public required bool? EditAllowed { get; init; }

    /// <summary>Addresses of Twilio's Trust Hub: none, because it is not emulated.</summary>
    public IReadOnlyDictionary<string, string> ResourceLinks { get; } = new Dictionary<string, string>();

    /// <summary>The caller's own ID; null for none.</summary>
    public required string? ExternalReferenceId { get; init; }

    /// <summary>When the vetting expires: null, because the server does not check it.</summary>
    public Iso8601Date? VettingIdExpiration { get; }

    /// <summary>The resource of a verification, its address on the host that the request came to.</summary>
    public static TollfreeVerificationResource Of(
        TollfreeVerification verification, DateTimeOffset now, HttpRequest request)
    {
        var isRejected = verification.StatusAt(now) == TollfreeStatus.TwilioRejected;
        return new()
        {
            Sid = verification.Sid,
            AccountSid = verification.AccountSid,
            CustomerProfileSid = verification.CustomerProfileSid,
            DateCreated = new(verification.DateCreated),
            DateUpdated = new(verification.UpdatedAt(now)),
            BusinessName = verification.BusinessName,
            BusinessWebsite = verification.BusinessWebsite,
            NotificationEmail = verification.NotificationEmail,
            UseCaseSummary = verification.UseCaseSummary,
            ProductionMessageSample = verification.ProductionMessageSample,
            OptInType = verification.OptInType,
            MessageVolume = verification.MessageVolume,
            BusinessStreetAddress = verification.BusinessStreetAddress,
            BusinessStreetAddress2 = verification.BusinessStreetAddress2,
            BusinessCity = verification.BusinessCity,
            BusinessStateProvinceRegion = verification.BusinessStateProvinceRegion,
            BusinessPostalCode = verification.BusinessPostalCode,
            BusinessCountry = verification.BusinessCountry,
            AdditionalInformation = verification.AdditionalInformation,
            BusinessContactFirstName = verification.BusinessContactFirstName,
            BusinessContactLastName = verification.BusinessContactLastName,
            BusinessContactEmail = verification.BusinessContactEmail,
            BusinessContactPhone = verification.BusinessContactPhone,
            BusinessRegistrationNumber = verification.BusinessRegistrationNumber,
            BusinessRegistrationAuthority = verification.BusinessRegistrationAuthority,
            BusinessRegistrationCountry = verification.BusinessRegistrationCountry,
            BusinessType = verification.BusinessType,
            BusinessRegistrationPhoneNumber = verification.BusinessRegistrationPhoneNumber,
            DoingBusinessAs = verification.DoingBusinessAs,
            OptInConfirmationMessage = verification.OptInConfirmationMessage,
            HelpMessageSample = verification.HelpMessageSample,
            PrivacyPolicyUrl = verification.PrivacyPolicyUrl,
            TermsAndConditionsUrl = verification.TermsAndConditionsUrl,
            VettingProvider = verification.VettingProvider,
            VettingId = verification.VettingId,
            UseCaseCategories = verification.UseCaseCategories,
            OptInImageUrls = verification.OptInImageUrls,
            OptInKeywords = verification.OptInKeywords,
            AgeGatedContent = verification.AgeGatedContent,
            TollfreePhoneNumberSid = verification.TollfreePhoneNumberSid,
            TollfreePhoneNumber = verification.TollfreePhoneNumber,
            Status = EnumNames<TollfreeStatus>.UpperOf(verification.StatusAt(now)),
            Url = request.AbsoluteUrl($"/v1/Tollfree/Verifications/{verification.Sid}"),
            RejectionReason = isRejected ? verification.Reason : null,
            ErrorCode = isRejected ? verification.ErrorCode : null,
            RejectionReasons = isRejected ? [new(verification.ErrorCode, verification.Reason)] : null,
            EditExpiration = verification.EditExpiration is { } end ? new Iso8601Date(end) : null,
            EditAllowed = verification.IsEditableAt(now),
            ExternalReferenceId = verification.ExternalReferenceId,
        };
    }
}

/// <summary>Why a verification was rejected.</summary>
/// <param name="Code">Twilio's code; null when none was given.</param>
/// <param name="Reason">The reason in words; null when none was given.</param>
internal sealed record TollfreeRejection(int? Code, string? Reason);
