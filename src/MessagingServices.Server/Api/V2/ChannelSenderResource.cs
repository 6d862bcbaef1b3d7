using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2;

/// <summary>A WhatsApp or RCS sender of an account. Source: https://www.twilio.com/docs/whatsapp/api/senders.</summary>
internal sealed record ChannelSenderResource
{
    /// <summary>The status in the response to a creation.</summary>
    public const string Creating = "CREATING";

    /// <summary>The status in the response to a change.</summary>
    public const string Updating = "ONLINE:UPDATING";

    /// <summary>The status of a sender ever after.</summary>
    public const string Online = "ONLINE";

    /// <summary>SID with the prefix XE.</summary>
    public required Sid Sid { get; init; }

    /// <summary>
    /// CREATING in the response to a creation, ONLINE:UPDATING in that to a change, ONLINE in all others.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The address of its messages: whatsapp: and a number in E.164, or rcs: and the agent's name.</summary>
    public required string SenderId { get; init; }

    /// <summary>A label that recipients do not see; null when there is none.</summary>
    public required string? FriendlyName { get; init; }

    /// <summary>How it is set up; null when that was never given.</summary>
    public required ChannelSenderConfiguration? Configuration { get; init; }

    /// <summary>Its webhooks; null when they were never given.</summary>
    public required ChannelSenderWebhook? Webhook { get; init; }

    /// <summary>The profile that recipients see; null when that was never given.</summary>
    public required ChannelSenderProfile? Profile { get; init; }

    /// <summary>The display name that WhatsApp reviews: always null, since a change is in effect at once.</summary>
    public string? PendingDisplayName { get; init; }

    /// <summary>The state of that review: always null.</summary>
    public string? PendingDisplayNameStatus { get; init; }

    /// <summary>When that state began: always null.</summary>
    public Iso8601Date? PendingDisplayNameStatusDate { get; init; }

    /// <summary>What became of a display name in the request: always null.</summary>
    public string? DisplayNameStatus { get; init; }

    /// <summary>Its rating by WhatsApp; null for an RCS sender.</summary>
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
        FriendlyName = sender.FriendlyName,
        Configuration = StoredSettings.Read<ChannelSenderConfiguration>(sender.Configuration),
        Webhook = StoredSettings.Read<ChannelSenderWebhook>(sender.Webhook),
        Profile = StoredSettings.Read<ChannelSenderProfile>(sender.Profile),
        Properties = sender.Channel == Channel.WhatsApp ? new("HIGH", "10K Customers/24hr") : null,
        Compliance = sender.Channel == Channel.Rcs ? ChannelSenderCompliance.Of(sender) : null,
        Url = request.AbsoluteUrl($"/v2/Channels/Senders/{sender.Sid}"),
    };
}

/// <summary>WhatsApp's rating of a sender.</summary>
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
/// <param name="Carriers">Its carriers: always empty.</param>
internal sealed record ChannelSenderCountry(
    string Country, string RegistrationSid, string Status, IReadOnlyList<ChannelSenderCarrier> Carriers);

/// <summary>A carrier of such a country.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">For example APPROVED.</param>
internal sealed record ChannelSenderCarrier(string Name, string Status);

/// <summary>How a channel sender is set up.</summary>
internal sealed record ChannelSenderConfiguration
{
    /// <summary>The WhatsApp Business Account.</summary>
    public string? WabaId { get; init; }

    /// <summary>The method of verification: <c>sms</c> or <c>voice</c>. Nothing is verified.</summary>
    public string? VerificationMethod { get; init; }

    /// <summary>The code that was sent; any is taken.</summary>
    public string? VerificationCode { get; init; }

    /// <summary>SID of an application (AP) for calls.</summary>
    public string? VoiceApplicationSid { get; init; }

    /// <summary>The type of the account: <c>ISV</c> or <c>ISVSubAccount</c>.</summary>
    public string? AccountType { get; init; }
}

/// <summary>The webhooks of a channel sender.</summary>
internal sealed record ChannelSenderWebhook
{
    /// <summary>The webhook for inbound messages.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook: <c>POST</c> or <c>PUT</c>.</summary>
    public string? CallbackMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook fails.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary>The HTTP method of the fallback URL: <c>POST</c> or <c>PUT</c>.</summary>
    public string? FallbackMethod { get; init; }

    /// <summary>The URL of status callbacks.</summary>
    public string? StatusCallbackUrl { get; init; }

    /// <summary>The HTTP method of status callbacks: <c>GET</c>, <c>POST</c> or <c>PUT</c>.</summary>
    public string? StatusCallbackMethod { get; init; }
}

/// <summary>The profile of a channel sender, which recipients see.</summary>
internal sealed record ChannelSenderProfile
{
    /// <summary>The display name of the sender.</summary>
    public string? Name { get; init; }

    /// <summary>A line about it.</summary>
    public string? About { get; init; }

    /// <summary>The address of the business.</summary>
    public string? Address { get; init; }

    /// <summary>A description of it.</summary>
    public string? Description { get; init; }

    /// <summary>URL of its logo.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>URL of its banner.</summary>
    public string? BannerUrl { get; init; }

    /// <summary>URL of its privacy policy.</summary>
    public string? PrivacyUrl { get; init; }

    /// <summary>URL of its terms of service.</summary>
    public string? TermsOfServiceUrl { get; init; }

    /// <summary>Its colour, for example <c>#1122ff</c>.</summary>
    public string? AccentColor { get; init; }

    /// <summary>
    /// The messages of an RCS sender: <c>PROMOTIONAL</c>, <c>TRANSACTIONAL</c>, <c>OTP</c> or <c>MULTI_USE</c>.
    /// </summary>
    public string? UseCase { get; init; }

    /// <summary>Its line of business, one of Twilio's words such as <c>Automotive</c>.</summary>
    public string? Vertical { get; init; }

    /// <summary>The websites of the business.</summary>
    public IReadOnlyList<ProfileWebsite>? Websites { get; init; }

    /// <summary>Its addresses for e-mail.</summary>
    public IReadOnlyList<ProfileEmail>? Emails { get; init; }

    /// <summary>Its phone numbers.</summary>
    public IReadOnlyList<ProfilePhoneNumber>? PhoneNumbers { get; init; }
}

/// <summary>A website of a profile.</summary>
/// <param name="Website">The URL.</param>
/// <param name="Label">Its label; left out when there is none, since no SDK expects null.</param>
internal sealed record ProfileWebsite(
    string? Website, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label);

/// <summary>An e-mail address of a profile.</summary>
/// <param name="Email">The address.</param>
/// <param name="Label">Its label; left out when there is none.</param>
internal sealed record ProfileEmail(
    string? Email, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label);

/// <summary>A phone number of a profile.</summary>
/// <param name="PhoneNumber">The number.</param>
/// <param name="Label">Its label; left out when there is none.</param>
internal sealed record ProfilePhoneNumber(
    string? PhoneNumber, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label);

/// <summary>The compliance of an RCS sender, as an update gives it.</summary>
internal sealed record ChannelSenderComplianceForm
{
    /// <summary>The registration that holds for all countries.</summary>
    public string? RegistrationSid { get; init; }
}

/// <summary>How such objects are stored with a sender: as JSON, without null members.</summary>
internal static class StoredSettings
{
    /// <summary>The stored settings; null when there are none.</summary>
    public static T? Read<T>(string? stored) where T : class =>
        stored is null ? null : JsonSerializer.Deserialize<T>(stored, JsonBody.Options);

    /// <summary>Applies the given object: a member that is null keeps its value, an empty text clears it.</summary>
    public static string? OrKeep<T>(this T? sent, string? stored) where T : class
    {
        if (sent is null) return stored;
        var merged = stored is null ? [] : JsonNode.Parse(stored)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(sent, JsonBody.Options)!.AsObject())
        {
            if (value is JsonValue text && text.GetValue<string>().Length == 0) merged.Remove(name);
            else merged[name] = value!.DeepClone();
        }

        return merged.ToJsonString(JsonBody.Options);
    }
}
