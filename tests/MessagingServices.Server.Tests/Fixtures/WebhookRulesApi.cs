using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Webhook rules, and what they have done with the webhooks of a message.</summary>
internal sealed class WebhookRulesApi(TestApi api)
{
    public const string Path = "/emulator/v1/WebhookRules";

    /// <summary>A time for which no test waits.</summary>
    public const string Forever = "86400000";

    /// <summary>Creates a rule, and returns its SID.</summary>
    public Task<string> CreateAsync(params (string Name, string Value)[] form) => api.CreateAsync(Path, form);

    public Task DeleteAsync(string rule) => api.DeleteAsync($"{Path}/{rule}").ExpectAsync(204);

    /// <summary>How often a rule has applied.</summary>
    public async Task<string?> TimesUsedAsync(string rule) =>
        (await api.GetAsync($"{Path}/{rule}").ExpectAsync(200))["times_used"];

    /// <summary>
    /// Waits until this server asks the account's rules, which another server may have made just now: within a second.
    /// </summary>
    /// <param name="service">The Messaging Service that sends a message to see it.</param>
    /// <param name="url">Where its callbacks go.</param>
    public async Task UntilAskedAsync(string service, string url)
    {
        await Eventually.TrueAsync(async () =>
        {
            var sid = await api.Messages.SendAsync(
                ("To", NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Probe"),
                ("StatusCallback", url));
            return (await api.Messages.WebhooksAsync(sid)).Any(webhook => webhook["fault"] is not null);
        }, () => "No rule is asked.");
    }

    /// <summary>
    /// The webhooks of a message in their order, each with its status, its outcome, the number of its attempts, and
    /// what rules have done with it, such as <c>sent delivered 2 duplicate</c>.
    /// </summary>
    public static IEnumerable<string> Describe(IEnumerable<JsonNode> webhooks) => webhooks.Select(webhook =>
        string.Join(' ', new[]
        {
            (webhook["parameters"]!["MessageStatus"] ?? webhook["parameters"]!["SmsStatus"])!.ToString(),
            webhook["outcome"]!.ToString(), $"{webhook["attempts"]!.AsArray().Count}",
        }.Concat(webhook["fault"] is JsonObject fault
            ? fault.Where(effect => effect.Value?.ToString() is { } value && effect.Key != "rule_sid"
                && effect.Key != "hold_ms" && value != "false").Select(effect => effect.Key)
            : [])));
}
