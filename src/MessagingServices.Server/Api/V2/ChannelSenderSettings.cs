using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2;

/// <summary>How a channel sender is set up.</summary>
internal sealed record ChannelSenderConfiguration
{
    /// <summary>The WhatsApp Business Account.</summary>
    public string? WabaId { get; init; }

    /// <summary><c>sms</c> or <c>voice</c>; nothing is verified.</summary>
    public string? VerificationMethod { get; init; }

    /// <summary>The code that was sent; any is taken.</summary>
    public string? VerificationCode { get; init; }

    /// <summary>SID of an application (AP) for calls.</summary>
    public string? VoiceApplicationSid { get; init; }

    /// <summary><c>ISV</c> or <c>ISVSubAccount</c>.</summary>
    public string? AccountType { get; init; }
}

/// <summary>The webhooks of a channel sender.</summary>
internal sealed record ChannelSenderWebhook
{
    /// <summary>The webhook for inbound messages.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary><c>POST</c> or <c>PUT</c>.</summary>
    public string? CallbackMethod { get; init; }

    /// <summary>Asked when the webhook fails.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary><c>POST</c> or <c>PUT</c>.</summary>
    public string? FallbackMethod { get; init; }

    /// <summary>Where status callbacks go.</summary>
    public string? StatusCallbackUrl { get; init; }

    /// <summary><c>GET</c>, <c>POST</c> or <c>PUT</c>.</summary>
    public string? StatusCallbackMethod { get; init; }
}

/// <summary>What recipients see of a channel sender.</summary>
internal sealed record ChannelSenderProfile
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>A line about it.</summary>
    public string? About { get; init; }

    /// <summary>Where it is.</summary>
    public string? Address { get; init; }

    /// <summary>What it is.</summary>
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

    /// <summary>Its line of business, one of Twilio's words such as <c>Automotive</c>.</summary>
    public string? Vertical { get; init; }

    /// <summary>Its websites.</summary>
    public IReadOnlyList<ProfileWebsite>? Websites { get; init; }

    /// <summary>Its addresses for e-mail.</summary>
    public IReadOnlyList<ProfileEmail>? Emails { get; init; }

    /// <summary>Its phone numbers.</summary>
    public IReadOnlyList<ProfilePhoneNumber>? PhoneNumbers { get; init; }
}

/// <summary>A website of a profile.</summary>
/// <param name="Website">The URL.</param>
/// <param name="Label">What it is called.</param>
internal sealed record ProfileWebsite(string? Website, string? Label);

/// <summary>An e-mail address of a profile.</summary>
/// <param name="Email">The address.</param>
/// <param name="Label">What it is called.</param>
internal sealed record ProfileEmail(string? Email, string? Label);

/// <summary>A phone number of a profile.</summary>
/// <param name="PhoneNumber">The number.</param>
/// <param name="Label">What it is called.</param>
internal sealed record ProfilePhoneNumber(string? PhoneNumber, string? Label);

/// <summary>The compliance of an RCS sender, as an update gives it.</summary>
internal sealed record ChannelSenderComplianceForm
{
    /// <summary>The registration that holds for all countries.</summary>
    public string? RegistrationSid { get; init; }
}

/// <summary>How such objects are kept with a sender: as JSON, without what is null.</summary>
internal static class StoredSettings
{
    /// <summary>What was kept; null when there is nothing.</summary>
    public static T? Read<T>(string? stored) where T : class => stored is null ? null : JsonSerializer.Deserialize<T>(stored, JsonBody.Options);

    /// <summary>Takes over what was sent: a member that is null stays as it is, an empty text clears.</summary>
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
