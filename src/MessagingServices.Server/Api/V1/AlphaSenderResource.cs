using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The default alphanumeric sender of a pool, for all countries that have none of their own. Source:
/// https://www.twilio.com/docs/messaging/api/alphasender-resource.
/// </summary>
internal sealed record AlphaSenderResource
{
    /// <summary>SID with the prefix AI.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>When it joined the pool; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same as date_created: members of a pool do not change.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The alphanumeric sender ID.</summary>
    public required string AlphaSender { get; init; }

    /// <summary>Its capabilities: SMS.</summary>
    [Shape(Words = ["MMS", "SMS", "Voice"])]
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a member of a pool, its address on the host that the request came to.</summary>
    public static AlphaSenderResource Of(PoolSender sender, HttpRequest request) => new()
    {
        Sid = sender.Sid,
        AccountSid = sender.AccountSid,
        ServiceSid = sender.MessagingServiceSid,
        DateCreated = new(sender.DateCreated),
        DateUpdated = new(sender.DateUpdated),
        AlphaSender = sender.Address,
        Capabilities = CapabilityNames.Of(sender.Capabilities),
        Url = request.AbsoluteUrl($"/v1/Services/{sender.MessagingServiceSid}/AlphaSenders/{sender.Sid}"),
    };
}

/// <summary>The parameters with which a default alphanumeric sender is made.</summary>
internal sealed record CreateAlphaSenderForm
{
    /// <summary>
    /// The name: at most eleven of letters, digits, space, <c>-</c>, <c>+</c>, <c>_</c> and <c>&amp;</c>, a letter
    /// among them. Required.
    /// </summary>
    public string? AlphaSender { get; init; }
}

/// <summary>A name must be given.</summary>
internal sealed class CreateAlphaSenderRules : AbstractValidator<CreateAlphaSenderForm>
{
    public CreateAlphaSenderRules() => RuleFor(form => form.AlphaSender).AlphaSenderName();
}

/// <summary>The rules for the name.</summary>
internal static class AlphaSenderNames
{
    public static IRuleBuilderOptions<T, string?> AlphaSenderName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Given().ToApiError(MessagingError.AlphaSenderMissing)
        .Must(new() { Pattern = "^[A-Za-z0-9 +_&-]{1,11}$" }, AlphaSender.IsName)
            .ToApiError(MessagingError.InvalidAlphaSender);
}
