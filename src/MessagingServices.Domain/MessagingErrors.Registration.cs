namespace MessagingServices.Domain;

/// <summary>The errors of brands, their vettings and campaigns, and of toll-free verifications.</summary>
public sealed partial record MessagingError
{
    public static readonly MessagingError CampaignSuspended =
        new(21729, 400, "Cannot perform operation on suspended campaign");
    public static readonly MessagingError CampaignLimit =
        new(21732, 400, "Campaign limit reached on the Brand {0}");
    public static readonly MessagingError IncompatibleBrand =
        new(21721, 400, "Cannot import Campaign Verify token due to incompatible A2P brand");
    public static readonly MessagingError InvalidVettingToken = new(21722, 400, "Invalid Campaign Verify token");
    public static readonly MessagingError VettingInProgress =
        new(21723, 400, "Campaign Verify token import already in progress");
    public static readonly MessagingError BrandUpdatedTooOften = new(21724, 400, "Brand update count exceeded");
    public static readonly MessagingError BrandNotFailed =
        new(21725, 400, "Brand can only be updated when in FAILED state");
    public static readonly MessagingError BrandSuspended =
        new(21731, 400, "Cannot perform operation on suspended brand");
    public static readonly MessagingError InvalidTollfreeNumber =
        new(30436, 400, "Invalid Phone Number SID {0}: it is not a toll-free number of the account");
    public static readonly MessagingError EditTimeExpired =
        new(30437, 400, "Toll Free verification rejection - Edit time expired");
    public static readonly MessagingError VerificationExists =
        new(20409, 409, "The phone number {0} has a Tollfree Verification already");
}
