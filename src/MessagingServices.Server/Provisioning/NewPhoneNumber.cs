namespace MessagingServices.Server.Provisioning;

/// <summary>Which phone number a caller wants.</summary>
/// <param name="AccountSid">Who will own it.</param>
/// <param name="Configure">Sets what shall differ from the defaults.</param>
internal sealed record NewPhoneNumber(Sid AccountSid, Action<PhoneNumber> Configure)
{
    /// <summary>The number as it was written; null when any number of <see cref="AreaCode"/> will do.</summary>
    public string? Number { get; init; }

    /// <summary>Three digits of the US or Canada; used when there is no <see cref="Number"/>.</summary>
    public string? AreaCode { get; init; }

    /// <summary>The kind of number that it must be; null for any.</summary>
    public PhoneNumberType? Type { get; init; }
}
