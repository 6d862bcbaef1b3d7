using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// An API key or signing key of the 2010 API. Source: https://www.twilio.com/docs/iam/api-keys/keys.
/// </summary>
[XmlName("Key")]
internal sealed record KeyResource
{
    /// <summary>SID with the prefix SK.</summary>
    public required Sid Sid { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>When it was created; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When it was changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>The secret; only in the response to its creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>The resource of a key.</summary>
    public static KeyResource Of(ApiKey key) => Of(key, secret: null);

    /// <summary>The resource of a new key.</summary>
    public static KeyResource Of(ApiKey key, string? secret) => new()
    {
        Sid = key.Sid,
        FriendlyName = key.FriendlyName,
        DateCreated = new(key.DateCreated),
        DateUpdated = new(key.DateUpdated),
        Secret = secret,
    };
}

/// <summary>A key in the list of the API of version 1. It shows the APIs that take it, and not its policy.</summary>
internal sealed record IamKeyListItem
{
    /// <summary>SID with the prefix SK.</summary>
    public required Sid Sid { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>When it was created; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When it was changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>Always <c>rest_api</c> and <c>signing</c>.</summary>
    public IReadOnlyList<string> Flags { get; } = ["rest_api", "signing"];

    /// <summary>The resource of a key.</summary>
    public static IamKeyListItem Of(ApiKey key) => new()
    {
        Sid = key.Sid,
        FriendlyName = key.FriendlyName,
        DateCreated = new(key.DateCreated),
        DateUpdated = new(key.DateUpdated),
    };
}

/// <summary>A key of the API of version 1, which shows what a Restricted key may do.</summary>
internal sealed record IamKeyResource
{
    /// <summary>SID with the prefix SK.</summary>
    public required Sid Sid { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>When it was created; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When it was changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>The secret; only in the response to its creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>What a Restricted key may do; null for a Standard key.</summary>
    public JsonElement? Policy { get; init; }

    /// <summary>The resource of a key.</summary>
    public static IamKeyResource Of(ApiKey key) => Of(key, secret: null);

    /// <summary>The resource of a new key.</summary>
    public static IamKeyResource Of(ApiKey key, string? secret) => new()
    {
        Sid = key.Sid,
        FriendlyName = key.FriendlyName,
        DateCreated = new(key.DateCreated),
        DateUpdated = new(key.DateUpdated),
        Secret = secret,
        Policy = key.Policy is { } policy ? JsonElement.Parse(policy.ToJson()) : null,
    };
}
