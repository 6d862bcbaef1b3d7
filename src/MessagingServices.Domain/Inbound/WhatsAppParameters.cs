using System.Text.Encodings.Web;
using System.Text.Json;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The parameters that the webhook of every inbound WhatsApp message has. Source: published requests of 2022 to 2026.
/// </summary>
internal static class WhatsAppParameters
{
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parameters of the handset that <c>ChannelMetadata</c> repeats.</summary>
    private static readonly string[] InContext =
    [
        "ProfileName", "WaId", "ExternalUserId", "ParentExternalUserId", "ProfileUsername", "ButtonText",
        "ButtonPayload", "ListId", "ListTitle", "Forwarded", "FrequentlyForwarded",
    ];

    /// <summary>The parameters that the handset has not given itself.</summary>
    /// <param name="from">The handset's address: a phone number, or the ID of a user who hides it.</param>
    /// <param name="firstMediaType">The content type of the first media item; null if there is none.</param>
    /// <param name="given">The parameters that the handset has given.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(
        string from, string? firstMediaType, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var known = given.ToDictionary();
        var handset = from[(from.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (WhatsAppUserId.TryGetCountry(handset, out _))
        {
            Add("ExternalUserId", handset);
            Add("ProfileName", known.GetValueOrDefault("ProfileUsername", handset));
        }
        else
        {
            Add("WaId", handset.TrimStart('+'));
            Add("ProfileName", handset);
        }

        Add("MessageType", TypeOf(firstMediaType, known));
        Add("ReferralNumMedia", "0");
        Add("ChannelMetadata", Metadata(known));
        return known.Where(parameter => !given.Contains(parameter));

        void Add(string name, string value) => known.TryAdd(name, value);
    }

    private static string TypeOf(string? media, Dictionary<string, string> known) =>
        known.ContainsKey("Latitude") ? "location"
        : known.ContainsKey("ListId") || known.ContainsKey("InteractiveData") || known.ContainsKey("FlowData")
            ? "interactive"
        : known.ContainsKey("ButtonPayload") || known.ContainsKey("ButtonText") ? "button"
        : media switch
        {
            null => "text",
            "image/webp" => "sticker",
            "text/vcard" or "text/x-vcard" => "contacts",
            _ when media.Split('/')[0] is "image" or "audio" or "video" => media.Split('/')[0],
            _ => "document",
        };

    private static string Metadata(Dictionary<string, string> known)
    {
        var context = InContext.Where(known.ContainsKey).ToDictionary(name => name, name => known[name]);
        return JsonSerializer.Serialize(new { type = "whatsapp", data = new { context } }, Json);
    }
}
