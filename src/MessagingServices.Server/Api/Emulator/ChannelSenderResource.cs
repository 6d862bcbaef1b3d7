using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>A WhatsApp or RCS sender, with where it is approved.</summary>
internal sealed record ChannelSenderResource
{
    /// <summary>SID with the prefix XE.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The address of its messages.</summary>
    public required string SenderId { get; init; }

    /// <summary>
    /// ISO 3166 codes of the countries whose carriers have approved it; pools keep the list as it was when the sender
    /// was added.
    /// </summary>
    public required IReadOnlyList<string> ApprovedCountries { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource of a sender.</summary>
    public static ChannelSenderResource Of(ChannelSender sender) => new()
    {
        Sid = sender.Sid,
        AccountSid = sender.AccountSid,
        SenderId = sender.SenderId,
        ApprovedCountries = sender.ApprovedCountries,
        DateCreated = new(sender.DateCreated),
        DateUpdated = new(sender.DateUpdated),
    };
}

/// <summary>Where an RCS sender is approved.</summary>
internal sealed record ApproveChannelSenderForm
{
    /// <summary>
    /// ISO 3166 code of a country whose carriers have approved the sender; repeated for several. Absent or empty: none.
    /// </summary>
    public string[]? ApprovedCountries { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    /// <exception cref="TwilioException">20001 for a WhatsApp sender, which needs no approval.</exception>
    public void ApplyTo(ChannelSender sender)
    {
        if (sender.Channel != Channel.Rcs)
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError(
                    $"{sender.SenderId} is not an RCS sender: only those are approved by country"));
        sender.ApprovedCountries = [.. Given(ApprovedCountries).Select(code => code.ToUpperInvariant()).Distinct()];
    }

    internal static string[] Given(string[]? codes) => codes is null or [""] ? [] : codes;
}

/// <summary>Countries must be known.</summary>
internal sealed class ApproveChannelSenderRules : AbstractValidator<ApproveChannelSenderForm>
{
    public ApproveChannelSenderRules() => RuleFor(form => form.ApprovedCountries)
        .Must(new() { Pattern = "^[A-Za-z]{2}$" }, codes => Unknown(codes) is null)
        .WithState((_, codes) => MessagingError.BadParameter.ToApiError(
            $"ApprovedCountries must be ISO 3166 codes of two letters such as US, not '{Unknown(codes)}'"));

    private static string? Unknown(string[]? codes) =>
        ApproveChannelSenderForm.Given(codes).FirstOrDefault(code => !CountryCode.TryParse(code, out _));
}
