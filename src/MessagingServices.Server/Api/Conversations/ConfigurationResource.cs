using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The configuration of all conversations of an account. Source:
/// https://www.twilio.com/docs/conversations/api/configuration-resource.
/// </summary>
internal sealed record ConfigurationResource
{
    /// <summary>The SID of the account.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>Its conversation service (prefix IS): always the same, and the only one.</summary>
    public required Sid DefaultChatServiceSid { get; init; }

    /// <summary>The Messaging Service that conversations show if they name none; it sends nothing.</summary>
    public required Sid DefaultMessagingServiceSid { get; init; }

    /// <summary>Null: states change by call and by message only.</summary>
    public required string? DefaultInactiveTimer { get; init; }

    /// <summary>Null: states change by call and by message only.</summary>
    public required string? DefaultClosedTimer { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The URLs of its subresources.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    internal static ConfigurationResource Of(Sid account, HttpRequest request)
    {
        var service = ChatService.Of(account);
        var url = request.AbsoluteUrl("/v1/Configuration");
        return new()
        {
            AccountSid = account,
            DefaultChatServiceSid = service,
            DefaultMessagingServiceSid = ChatService.MessagingServiceOf(account),
            DefaultInactiveTimer = null,
            DefaultClosedTimer = null,
            Url = url,
            Links = new Dictionary<string, string>
            {
                ["service"] = request.AbsoluteUrl($"/v1/Services/{service}/Configuration"),
                ["webhooks"] = $"{url}/Webhooks",
            },
        };
    }
}
