using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2;

/// <summary>A WhatsApp or RCS sender of an account. Source: https://www.twilio.com/docs/whatsapp/api/senders.</summary>
internal sealed record ChannelSenderResource
{
    /// <summary>The status in the answer that creates a sender.</summary>
    public const string Creating = "CREATING";

    /// <summary>The status in the answer that changes a sender.</summary>
    public const string Updating = "ONLINE:UPDATING";

    /// <summary>The status of a sender ever after.</summary>
    public const string Online = "ONLINE";

    /// <summary>SID with the prefix XE.</summary>
    public required Sid Sid { get; init; }

    /// <summary>CREATING and ONLINE:UPDATING in the answers to those requests; ONLINE whenever it is fetched.</summary>
    public required string Status { get; init; }

    /// <summary>What messages come from: whatsapp: and a number in E.164, or rcs: and the agent's name.</summary>
    public required string SenderId { get; init; }

    /// <summary>How it is set up; null when that was never given.</summary>
    public required ChannelSenderConfiguration? Configuration { get; init; }

    /// <summary>Its webhooks; null when they were never given.</summary>
    public required ChannelSenderWebhook? Webhook { get; init; }

    /// <summary>What recipients see of it; null when that was never given.</summary>
    public required ChannelSenderProfile? Profile { get; init; }

    /// <summary>What WhatsApp thinks of it; null for an RCS sender.</summary>
    public required ChannelSenderProperties? Properties { get; init; }

    /// <summary>Why it is offline: always null, since no sender is.</summary>
    public IReadOnlyList<ChannelSenderOfflineReason>? OfflineReasons { get; init; }

    /// <summary>Where an RCS sender is approved; null for a WhatsApp sender.</summary>
    public required ChannelSenderCompliance? Compliance { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a sender, its address on the host that the request came to.</summary>
    public static ChannelSenderResource Of(ChannelSender sender, string status, HttpRequest request) => new()
    {
        Sid = sender.Sid,
        Status = status,
        SenderId = sender.SenderId,
        Configuration = StoredSettings.Read<ChannelSenderConfiguration>(sender.Configuration),
        Webhook = StoredSettings.Read<ChannelSenderWebhook>(sender.Webhook),
        Profile = StoredSettings.Read<ChannelSenderProfile>(sender.Profile),
        Properties = sender.Channel == Channel.WhatsApp ? new("HIGH", "10K Customers/24hr") : null,
        Compliance = sender.Channel == Channel.Rcs ? ChannelSenderCompliance.Of(sender) : null,
        Url = request.AbsoluteUrl($"/v2/Channels/Senders/{sender.Sid}"),
    };
}

/// <summary>What WhatsApp thinks of a sender.</summary>
/// <param name="QualityRating">Always HIGH.</param>
/// <param name="MessagingLimit">How many customers it may write to in a day; it is not enforced.</param>
internal sealed record ChannelSenderProperties(string QualityRating, string MessagingLimit);

/// <summary>Why a sender is offline.</summary>
/// <param name="Code">Twilio's code.</param>
/// <param name="Message">Its text.</param>
/// <param name="MoreInfo">Its page.</param>
internal sealed record ChannelSenderOfflineReason(string? Code, string? Message, string? MoreInfo);

/// <summary>Where an RCS sender is approved.</summary>
/// <param name="RegistrationSid">The registration that holds for all countries; empty when none was given.</param>
/// <param name="Countries">The countries whose carriers have approved it.</param>
internal sealed record ChannelSenderCompliance(string RegistrationSid, IReadOnlyList<ChannelSenderCountry> Countries)
{
    /// <summary>The compliance of an RCS sender; in every country that approved it it is online.</summary>
    public static ChannelSenderCompliance Of(ChannelSender sender)
    {
        var registration = sender.ComplianceRegistrationSid ?? "";
        return new(registration, [.. sender.ApprovedCountries.Select(
            country => new ChannelSenderCountry(country, registration, ChannelSenderResource.Online, []))]);
    }
}

/// <summary>A country that has approved an RCS sender.</summary>
/// <param name="Country">ISO 3166 code.</param>
/// <param name="RegistrationSid">The registration that holds there; empty when none was given.</param>
/// <param name="Status">Always ONLINE.</param>
/// <param name="Carriers">Its carriers; none are told apart.</param>
internal sealed record ChannelSenderCountry(string Country, string RegistrationSid, string Status, IReadOnlyList<ChannelSenderCarrier> Carriers);

/// <summary>A carrier of such a country.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">For example APPROVED.</param>
internal sealed record ChannelSenderCarrier(string Name, string Status);
