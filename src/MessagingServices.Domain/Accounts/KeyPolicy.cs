using System.Text.Json;
using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Accounts;

/// <summary>
/// What a Restricted API key may do: permissions such as <c>/twilio/messaging/messages/create</c>. Source:
/// https://www.twilio.com/docs/iam/api-keys/restricted-api-keys.
/// </summary>
/// <param name="Allow">The permissions, each a resource and an action.</param>
public sealed partial record KeyPolicy(IReadOnlyList<string> Allow)
{
    /// <summary>The maximum number of permissions of a key.</summary>
    public const int MaxPermissions = 100;

    private const string AllowMember = "allow";

    /// <summary>Whether the key may do something.</summary>
    /// <param name="resource">The path of the resource, such as <c>/twilio/messaging/messages</c>.</param>
    /// <param name="action">What is done with it.</param>
    public bool Allows(string resource, KeyAction action)
    {
        var permission = $"{resource}/{EnumNames<KeyAction>.Of(action)}";
        return Allow.Contains(permission, StringComparer.Ordinal);
    }

    /// <summary>The policy as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Dictionary<string, object> { [AllowMember] = Allow });

    /// <summary>
    /// Reads <c>{"allow": ["/twilio/messaging/messages/create", ...]}</c>; null for anything else: other members, no
    /// permission, more than <see cref="MaxPermissions"/>, or a text that is no permission.
    /// </summary>
    public static KeyPolicy? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json)) return null;
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 4 });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || root.EnumerateObject().ToList()
                    is not [{ Name: AllowMember, Value.ValueKind: JsonValueKind.Array } only])
                return null;
            List<string> allow = [];
            foreach (var permission in only.Value.EnumerateArray())
            {
                if (permission.ValueKind != JsonValueKind.String || permission.GetString() is not { } text
                    || !Permission().IsMatch(text)) return null;
                allow.Add(text);
            }

            return allow.Count is > 0 and <= MaxPermissions ? new(allow) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A text with half a character is JSON, but cannot be read.
            return null;
        }
    }

    [GeneratedRegex(@"\A(?:/[a-z0-9-]{1,64}){2,8}/(?:create|read|list|update|delete)\z")]
    private static partial Regex Permission();
}

/// <summary>What a request does with a resource.</summary>
public enum KeyAction
{
    Create,
    Read,
    List,
    Update,
    Delete,
}
