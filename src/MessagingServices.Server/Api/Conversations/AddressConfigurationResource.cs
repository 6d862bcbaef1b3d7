using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>An address configuration on the wire. Source: https://www.twilio.com/docs/conversations/api/address-configuration-resource.</summary>
internal sealed record AddressConfigurationResource
{
    /// <summary>SID with the prefix IG.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The network of the address.</summary>
    public required AddressType Type { get; init; }

    /// <summary>The sender's address.</summary>
    public required string Address { get; init; }

    /// <summary>A name for people.</summary>
    public required string? FriendlyName { get; init; }

    /// <summary>The country of a short code.</summary>
    public required string? AddressCountry { get; init; }

    /// <summary>What becomes of messages that belong to no conversation.</summary>
    public required AutoCreationResource AutoCreation { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When a setting last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a configuration, its address on the host that the request came to.</summary>
    public static AddressConfigurationResource Of(AddressConfiguration configuration, HttpRequest request) => new()
    {
        Sid = configuration.Sid,
        AccountSid = configuration.AccountSid,
        Type = configuration.Type,
        Address = configuration.Address,
        FriendlyName = configuration.FriendlyName,
        AddressCountry = configuration.AddressCountry,
        AutoCreation = AutoCreationResource.Of(configuration),
        DateCreated = new(configuration.DateCreated),
        DateUpdated = new(configuration.DateUpdated),
        Url = request.AbsoluteUrl($"/v1/Configuration/Addresses/{configuration.Sid}"),
    };
}

/// <summary>What becomes of messages that belong to no conversation; members of other types are left out.</summary>
internal sealed record AutoCreationResource
{
    /// <summary>Whether they begin one.</summary>
    public required bool Enabled { get; init; }

    /// <summary><c>webhook</c>, <c>studio</c> or <c>default</c>.</summary>
    public required AutoCreationType Type { get; init; }

    /// <summary>The account's conversation service.</summary>
    public required Sid ConversationServiceSid { get; init; }

    /// <summary>Whom the type webhook tells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WebhookUrl { get; init; }

    /// <summary>GET or POST.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WebhookMethod { get; init; }

    /// <summary>Of which events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? WebhookFilters { get; init; }

    /// <summary>The flow of the type studio.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sid? StudioFlowSid { get; init; }

    /// <summary>How often that flow is tried again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? StudioRetryCount { get; init; }

    internal static AutoCreationResource Of(AddressConfiguration configuration)
    {
        AutoCreationResource common = new()
        {
            Enabled = configuration.AutoCreates,
            Type = configuration.AutoCreationType,
            ConversationServiceSid = ChatService.Of(configuration.AccountSid),
        };
        return configuration.AutoCreationType switch
        {
            AutoCreationType.Webhook => common with
            {
                WebhookUrl = configuration.WebhookUrl,
                WebhookMethod = configuration.WebhookMethod,
                WebhookFilters = configuration.WebhookFilters,
            },
            AutoCreationType.Studio => common with
            {
                StudioFlowSid = configuration.StudioFlowSid,
                StudioRetryCount = configuration.StudioRetryCount,
            },
            AutoCreationType.Default => common,
        };
    }
}
