namespace MessagingServices.Server.Agents;

/// <summary>Makes and deletes rules of all families.</summary>
internal sealed class SetFaultTool : IAgentTool
{
    private const string Family = "family";
    private const string Match = "match";
    private const string Effect = "effect";
    private const string Times = "times";
    private const string Delete = "delete";

    /// <summary>A model reads all of them.</summary>
    private const int MaxOfFamily = 20;

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "set_fault", "Set a fault",
        "Makes a rule by which something goes wrong: messages at the carrier, webhooks to the application, or its "
        + "requests to Twilio's API. The newest rule that matches decides. Or deletes a rule. Returns the account's "
        + "rules, newest first. Without arguments it only returns them.",
        [
            ToolParameter.OfText(
                Family, "carrier: how messages end. webhook: webhooks come late, twice, out of order or never. "
                + "request: requests to Twilio's API are refused, slow, or lose their connection.")
                with { Words = [.. FaultFamily.All.Select(family => family.Name)] },
            new(
                Match, "What the rule is for; everything when absent. carrier: To, From, BodyContains. webhook: Url, "
                + "Kind (status_callback, inbound, fallback, conversation), Status, To, From. request: Method, Path "
                + "(* is any text), To, From, BodyContains. All: Percent (0 to 100) and Seed, for a share of what "
                + "matches. Addresses and URLs may end with *. For example {\"To\": \"+14155550123\"}", "object"),
            new(
                Effect, "What happens; a new rule needs it. carrier: Outcome (delivered, undelivered, failed, sent, "
                + "read), ErrorCode, DelayMs, SupportsMms, SupportsRcs, SupportsWhatsApp. webhook: DelayMs, Duplicate, "
                + "Drop, Reorder, HoldMs. request: StatusCode with ErrorCode and RetryAfter, or Disconnect (before, "
                + "after), and DelayMs. For example {\"Outcome\": \"undelivered\", \"ErrorCode\": 30003}", "object"),
            new(Times, "How often the rule applies; always when absent.", "integer"),
            ToolParameter.OfText(Delete, "Alone: the SID of a rule to delete (CR, WR or QR)."),
        ],
        typeof(Faults));

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        FaultRuleResource? created = null;
        if (call.Arguments.Has(Delete)) await DeleteAsync(call, cancellation);
        else if (!call.Arguments.AreEmpty) created = await CreateAsync(call, cancellation);
        List<FaultRuleResource> rules = [];
        foreach (var family in FaultFamily.All)
            rules.AddRange(await family.ListAsync(call, MaxOfFamily, cancellation));
        return new Faults(created?.Sid, [.. rules.OrderByDescending(rule => rule.Sid.Value[2..])]);
    }

    private static Task<FaultRuleResource> CreateAsync(ToolCall call, CancellationToken cancellation)
    {
        var name = call.Arguments.Text(Family) ?? throw ToolArguments.Wrong(
            $"{Family} is required: {Names()}");
        var family = FaultFamily.All.FirstOrDefault(one => one.Name == name)
            ?? throw ToolArguments.Wrong($"{Family} must be {Names()}, not '{name}'");
        var match = call.Arguments.Fields(Match) ?? [];
        // The API takes a rule without one. It takes what it matches from older rules, which an agent hardly wants.
        if (call.Arguments.Fields(Effect) is not { Count: > 0 } effect) throw ToolArguments.Wrong(
            $"{Effect} is required: an object that says what happens");
        List<KeyValuePair<string, string>> fields = [.. match, .. effect];
        if (call.Arguments.Text(Times) is { } times) fields.Add(new("Times", times));
        return family.CreateAsync(call, fields, cancellation);
    }

    private static async Task DeleteAsync(ToolCall call, CancellationToken cancellation)
    {
        if (Description.Parameters.Any(parameter => parameter.Name != Delete && call.Arguments.Has(parameter.Name)))
            throw ToolArguments.Wrong($"{Delete} is given alone");
        var text = call.Arguments.Text(Delete);
        foreach (var family in FaultFamily.All)
        {
            if (Sid.TryParseAs(family.Prefix, text, out var sid)
                && await family.DeleteAsync(call, sid, cancellation)) return;
        }

        throw new TwilioException(new(MessagingError.NotFound, $"The account has no rule {text}"));
    }

    private static string Names() => string.Join(", ", FaultFamily.All.Select(family => family.Name));

    /// <summary>The rules of the account.</summary>
    /// <param name="Created">The SID of the new rule; null when none was made.</param>
    /// <param name="Rules">The rules, newest first; of each family the newest 20.</param>
    internal sealed record Faults(Sid? Created, IReadOnlyList<FaultRuleResource> Rules);
}
