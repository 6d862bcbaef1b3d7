namespace MessagingServices.Server.Api.V1;

/// <summary>The parameters of a toll-free verification that its submission and its changes share.</summary>
internal abstract record TollfreeVerificationForm
{
    /// <summary>The name of the business. Required on creation.</summary>
    public string? BusinessName { get; init; }

    /// <summary>The website of the business. Required on creation.</summary>
    public string? BusinessWebsite { get; init; }

    /// <summary>The email address that hears of the result. Required on creation.</summary>
    public string? NotificationEmail { get; init; }

    /// <summary>What the messages are for. Required on creation.</summary>
    public string? UseCaseSummary { get; init; }

    /// <summary>A message as it will be sent. Required on creation.</summary>
    public string? ProductionMessageSample { get; init; }

    /// <summary>
    /// How people opt in: <c>VERBAL</c>, <c>WEB_FORM</c>, <c>PAPER_FORM</c>, <c>VIA_TEXT</c>, <c>MOBILE_QR_CODE</c>,
    /// <c>IMPORT</c> or <c>IMPORT_PLEASE_REPLACE</c>. Required on creation.
    /// </summary>
    public string? OptInType { get; init; }

    /// <summary>How many messages a month, such as <c>1,000</c>. Required on creation.</summary>
    public string? MessageVolume { get; init; }

    /// <summary>The address of the business.</summary>
    public string? BusinessStreetAddress { get; init; }

    /// <summary>The second line of the address.</summary>
    public string? BusinessStreetAddress2 { get; init; }

    /// <summary>The city of the business.</summary>
    public string? BusinessCity { get; init; }

    /// <summary>The state, province or region of the business.</summary>
    public string? BusinessStateProvinceRegion { get; init; }

    /// <summary>The postal code of the business.</summary>
    public string? BusinessPostalCode { get; init; }

    /// <summary>The country of the business.</summary>
    public string? BusinessCountry { get; init; }

    /// <summary>Anything else for the review.</summary>
    public string? AdditionalInformation { get; init; }

    /// <summary>The first name of the contact.</summary>
    public string? BusinessContactFirstName { get; init; }

    /// <summary>The last name of the contact.</summary>
    public string? BusinessContactLastName { get; init; }

    /// <summary>The email address of the contact.</summary>
    public string? BusinessContactEmail { get; init; }

    /// <summary>The phone number of the contact in E.164.</summary>
    public string? BusinessContactPhone { get; init; }

    /// <summary>The number under which the business is registered.</summary>
    public string? BusinessRegistrationNumber { get; init; }

    /// <summary>
    /// Who registered the business: <c>EIN</c>, <c>CBN</c>, <c>CRN</c>, <c>PROVINCIAL_NUMBER</c>, <c>VAT</c>,
    /// <c>ACN</c>, <c>ABN</c>, <c>BRN</c>, <c>SIREN</c>, <c>SIRET</c>, <c>NZBN</c>, <c>USt-IdNr</c>, <c>CIF</c>,
    /// <c>NIF</c>, <c>CNPJ</c>, <c>UID</c>, <c>NEQ</c> or <c>OTHER</c>.
    /// </summary>
    public string? BusinessRegistrationAuthority { get; init; }

    /// <summary>The country where the business is registered.</summary>
    public string? BusinessRegistrationCountry { get; init; }

    /// <summary>
    /// <c>PRIVATE_PROFIT</c>, <c>PUBLIC_PROFIT</c>, <c>SOLE_PROPRIETOR</c>, <c>NON_PROFIT</c> or <c>GOVERNMENT</c>.
    /// </summary>
    public string? BusinessType { get; init; }

    /// <summary>The phone number under which the business is registered.</summary>
    public string? BusinessRegistrationPhoneNumber { get; init; }

    /// <summary>The name under which the business trades.</summary>
    public string? DoingBusinessAs { get; init; }

    /// <summary>The reply to an opt-in.</summary>
    public string? OptInConfirmationMessage { get; init; }

    /// <summary>The reply to a request for help.</summary>
    public string? HelpMessageSample { get; init; }

    /// <summary>The URL of the privacy policy.</summary>
    public string? PrivacyPolicyUrl { get; init; }

    /// <summary>The URL of the terms and conditions.</summary>
    public string? TermsAndConditionsUrl { get; init; }

    /// <summary>Who vetted a political sender: <c>CAMPAIGN_VERIFY</c>.</summary>
    public string? VettingProvider { get; init; }

    /// <summary>The ID of that vetting, at most 500 characters.</summary>
    public string? VettingId { get; init; }

    /// <summary>
    /// What the messages are for, such as <c>TWO_FACTOR_AUTHENTICATION</c> or <c>MARKETING</c>; repeated for several.
    /// Required on creation.
    /// </summary>
    public string[]? UseCaseCategories { get; init; }

    /// <summary>The URL of a picture of how people opt in; repeated for several. Required on creation.</summary>
    public string[]? OptInImageUrls { get; init; }

    /// <summary>Whether messages are for adults only.</summary>
    public string? AgeGatedContent { get; init; }

    /// <summary>A word with which people opt in; repeated for several.</summary>
    public string[]? OptInKeywords { get; init; }

    /// <summary>Applies the form, which the rules have checked. What is absent stays as it is.</summary>
    public void ApplyTo(TollfreeVerification verification)
    {
        TollfreeVerificationRules.Settings.Apply(this, verification);
        if (Given(UseCaseCategories) is { } categories) verification.UseCaseCategories = categories;
        if (Given(OptInImageUrls) is { } images) verification.OptInImageUrls = images;
        if (OptInKeywords is not null) verification.OptInKeywords = Given(OptInKeywords);
    }

    /// <summary>The texts of a list that are not empty; null for none.</summary>
    internal static string[]? Given(string[]? list) =>
        list?.Where(text => text.Length > 0).ToArray() is { Length: > 0 } given ? given : null;
}

/// <summary>The parameters with which a number is submitted.</summary>
internal sealed record CreateTollfreeVerificationForm : TollfreeVerificationForm
{
    /// <summary>SID of the toll-free number (PN). Required.</summary>
    public string? TollfreePhoneNumberSid { get; init; }

    /// <summary>SID of the customer profile (BU); any is taken.</summary>
    public string? CustomerProfileSid { get; init; }

    /// <summary>The caller's own ID, by which the list can be filtered.</summary>
    public string? ExternalReferenceId { get; init; }
}

/// <summary>The parameters with which a verification is changed.</summary>
internal sealed record UpdateTollfreeVerificationForm : TollfreeVerificationForm
{
    /// <summary>Why it is changed. Without effect.</summary>
    public string? EditReason { get; init; }
}
