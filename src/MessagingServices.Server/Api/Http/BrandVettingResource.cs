namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A vetting of a brand. Source: https://www.twilio.com/docs/messaging/api/brand-vetting-resource.
/// </summary>
internal sealed record BrandVettingResource
{
    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The brand.</summary>
    public required Sid BrandSid { get; init; }

    /// <summary>SID with the prefix VT.</summary>
    public required Sid BrandVettingSid { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed, by a request or by the clock; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The provider's ID, or token; null when there is none.</summary>
    public required string? VettingId { get; init; }

    /// <summary><c>STANDARD</c> or <c>POLITICAL</c>.</summary>
    public required string VettingClass { get; init; }

    /// <summary><c>PENDING</c>, <c>SUCCESS</c> or <c>FAILED</c>.</summary>
    public required string VettingStatus { get; init; }

    /// <summary><c>campaign-verify</c> or <c>aegis</c>.</summary>
    public required string VettingProvider { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a vetting, its address on the host that the request came to.</summary>
    public static BrandVettingResource Of(BrandVetting vetting, DateTimeOffset now, HttpRequest request) => new()
    {
        AccountSid = vetting.AccountSid,
        BrandSid = vetting.BrandSid,
        BrandVettingSid = vetting.Sid,
        DateCreated = new(vetting.DateCreated),
        DateUpdated = new(vetting.UpdatedAt(now)),
        VettingId = vetting.VettingId,
        VettingClass = vetting.VettingClass,
        VettingStatus = EnumNames<VettingStatus>.UpperOf(vetting.StatusAt(now)),
        VettingProvider = vetting.VettingProvider,
        Url = request.AbsoluteUrl($"/v1/a2p/BrandRegistrations/{vetting.BrandSid}/Vettings/{vetting.Sid}"),
    };
}
