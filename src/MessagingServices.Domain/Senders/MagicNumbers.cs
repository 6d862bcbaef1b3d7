namespace MessagingServices.Domain.Senders;

/// <summary>
/// The numbers that mean an error, or success, with Twilio's test credentials. Source:
/// https://www.twilio.com/docs/iam/test-credentials.
/// </summary>
public static class MagicNumbers
{
    /// <summary>The sender that works, and the number that can be provisioned.</summary>
    public const string Works = "+15005550006";

    /// <summary>The area code that has a free number.</summary>
    public const string AreaCode = "500";

    /// <summary>The error for a sender; null for <see cref="Works"/>.</summary>
    public static ApiError? OfFrom(string from) => from switch
    {
        Works => null,
        "+15005550001" => MessagingError.InvalidFrom.ToApiError(from),
        "+15005550008" => MessagingError.SenderQueueFull.ToApiError(),
        _ => MessagingError.TestFromUnusable.ToApiError(from),
    };

    /// <summary>The error for a recipient; null for others than the magic ones.</summary>
    /// <param name="to">The recipient in E.164.</param>
    /// <param name="from">The sender.</param>
    public static ApiError? OfTo(RecipientAddress to, string from) => to.Value switch
    {
        "+15005550001" => MessagingError.InvalidTo.ToApiError(RecipientAddress.Obfuscate(to.Value)),
        "+15005550002" => MessagingError.NotReachable.ToApiError(to.Value, from),
        "+15005550003" => MessagingError.RegionNotAllowed.ToApiError(RecipientAddress.Obfuscate(to.Value)),
        "+15005550004" => MessagingError.OptedOut.ToApiError(),
        "+15005550009" => MessagingError.NotMobile.ToApiError(RecipientAddress.Obfuscate(to.Value)),
        _ => null,
    };

    /// <summary>The error for a number to provision; null for <see cref="Works"/>.</summary>
    public static ApiError? OfProvisioned(string number) => number switch
    {
        Works => null,
        "+15005550000" => MessagingError.PhoneNumberNotAvailable.ToApiError(number),
        _ => MessagingError.InvalidPhoneNumber.ToApiError(number),
    };

    /// <summary>The error for an area code to provision from; null for <see cref="AreaCode"/>.</summary>
    public static ApiError? OfAreaCode(string areaCode) =>
        areaCode == AreaCode ? null : MessagingError.NoNumberInAreaCode.ToApiError(areaCode);
}
