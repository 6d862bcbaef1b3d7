using System.Text.Json;
using MessagingServices.Testing.Http;
using MessagingServices.Testing.Messages;

namespace MessagingServices.Testing.Reports;

/// <summary>
/// The text of a failed test: why something that it expects has not happened. Each is for one failure.
/// </summary>
internal sealed class Report(EmulatorApi api, MessageStore messages)
{
    private const int MaxMessages = 10;

    private readonly Lines lines = new();

    /// <summary>Messages that should not have arrived.</summary>
    public static string OfUnexpected(string number, IReadOnlyCollection<EmulatedMessage> unread) => new Lines()
        .AddList($"{number} has received what it should not:", unread, message =>
            $"from {message.From}: {Words.Of(message)}").ToString();

    /// <summary>Why a message has not arrived at a phone.</summary>
    /// <param name="number">The phone.</param>
    /// <param name="missing">What it lacks, as the end of a sentence.</param>
    /// <param name="isRead">Whether the test has read a message.</param>
    public async Task<string> OfMissingMessageAsync(
        string number, string missing, Func<EmulatedMessage, bool> isRead)
    {
        var toIt = await messages.ToAsync(number).ConfigureAwait(false);
        var newest = await messages.NewestAsync(2 * MaxMessages).ConfigureAwait(false);
        lines.Add($"{number} {missing}.");
        lines.AddList(
            "It has received:", [.. toIt.Where(message => message.HasArrived)],
            message => Words.Of(message) + (isRead(message) ? ", which was read" : ""), "It has received nothing.");

        var others = toIt.Where(message => !message.HasArrived).TakeLast(MaxMessages).ToList();
        lines.Add(others.Count > 0 ? "These messages to it have not arrived:" : "");
        foreach (var message in others)
        {
            using var indent = lines.Indent();
            lines.Add(Words.Of(message));
            await AddSelectionAsync(message).ConfigureAwait(false);
        }

        List<EmulatedMessage> elsewhere =
            [.. newest.Where(message => !message.IsInbound && message.To != number).Take(MaxMessages)];
        lines.AddList("Messages to others:", elsewhere, message => $"to {message.To}: {Words.Of(message)}");
        if (toIt.Count + elsewhere.Count == 0)
            lines.Add($"The account {api.Credentials.Sid} has sent no messages.");
        var written = newest.Where(message => message.IsInbound && message.From == number).ToList();
        await AddWrittenAsync(written).ConfigureAwait(false);
        await AddClockAsync(others).ConfigureAwait(false);
        lines.AddList(
            "The server has refused these requests of the application:", api.Refused.Last, request => request);
        await AddFaultsAsync().ConfigureAwait(false);
        if (newest.Count == 0 && api.Refused.Last.Count == 0) AddConnectionHint();
        return lines.ToString();
    }

    /// <summary>Why a webhook is missing.</summary>
    /// <param name="sid">The message.</param>
    /// <param name="missing">What it lacks, as the end of a sentence.</param>
    public async Task<string> OfMissingWebhookAsync(string sid, string missing)
    {
        lines.Add($"The message {sid} {missing}.");
        if (await messages.FindAsync(sid).ConfigureAwait(false) is not { } message
            || await messages.TimelineAsync(sid).ConfigureAwait(false) is not { } timeline)
            return lines.Add($"The account {api.Credentials.Sid} does not have this message.").ToString();
        lines.Add($"From {Words.Sender(message)} to {message.To}: {Words.Of(message)}");
        AddWebhooks(timeline, message);
        await AddClockAsync([message]).ConfigureAwait(false);
        await AddFaultsAsync().ConfigureAwait(false);
        return lines.ToString();
    }

    /// <summary>Everything that has happened to a message.</summary>
    public async Task<string> OfMessageAsync(string sid)
    {
        if (await messages.FindAsync(sid).ConfigureAwait(false) is not { } message
            || await messages.TimelineAsync(sid).ConfigureAwait(false) is not { } timeline)
            throw new EmulatorException($"The account {api.Credentials.Sid} has no message {sid}.");
        lines.Add($"From {Words.Sender(message)} to {message.To}: {Words.Of(message)}");
        lines.AddList("Statuses:", [.. timeline.GetProperty("statuses").EnumerateArray()], Words.OfStatus);
        SelectionText.Add(lines, timeline);
        AddWebhooks(timeline, message);
        await AddClockAsync([message]).ConfigureAwait(false);
        return lines.ToString();
    }

    /// <summary>Why no sender was found for a message.</summary>
    private async Task AddSelectionAsync(EmulatedMessage message)
    {
        using var indent = lines.Indent();
        if (message.From.Length == 0 && message.Status == "failed"
            && await messages.TimelineAsync(message.Sid).ConfigureAwait(false) is { } timeline)
            SelectionText.Add(lines, timeline);
    }

    /// <summary>What a phone has written, and what the application has answered.</summary>
    private async Task AddWrittenAsync(List<EmulatedMessage> written)
    {
        if (written.Count > 0) lines.Add("It has written:");
        foreach (var message in written.Take(MaxMessages))
        {
            using var indent = lines.Indent();
            lines.Add($"to {message.To}: {Words.Of(message)}");
            if (await messages.TimelineAsync(message.Sid).ConfigureAwait(false) is { } timeline)
                AddWebhooks(timeline, message);
        }
    }

    private void AddWebhooks(JsonElement timeline, EmulatedMessage message)
    {
        List<EmulatedWebhook> webhooks =
            [.. timeline.GetProperty("webhooks").EnumerateArray().Select(EmulatedWebhook.Of)];
        lines.AddList("Webhooks:", webhooks, Words.Of, Words.OfNoWebhook(message));
        if (webhooks.Any(webhook => webhook.Attempts is [.., { StatusCode: 401 or 403 }]))
        {
            lines.Add(
                "Does the application refuse the signature? It is made with the Auth Token of the account\n"
                + $"{api.Credentials.Sid}, for exactly this URL. Compare both with those of the application:\n"
                + $"{new Uri(api.Url, "/docs/emulator-api.md#check-a-signature")}");
        }
    }

    /// <summary>Where an application's messages may have gone that the account does not have.</summary>
    private void AddConnectionHint() => lines.Add(
        "Does the application send with the credentials of this account, and with its CreateHttpClient() or\n"
        + "the variables of its EnvironmentAsync()?");

    /// <summary>Whether messages wait for a clock that does not move.</summary>
    private async Task AddClockAsync(IReadOnlyCollection<EmulatedMessage> waiting)
    {
        if (!waiting.Any(message => message.MayArrive)) return;
        var clock = await api.GetAsync("/emulator/v1/Clock/Due").ConfigureAwait(false);
        var now = clock.GetProperty("now").GetString();
        var state = await api.GetAsync(EmulatedClock.Path).ConfigureAwait(false);
        lines.Add(state.GetProperty("frozen").GetBoolean()
            ? $"The account's clock is frozen at {now}: it moves by Clock.AdvanceAsync only."
            : $"The account's clock is at {now}.");
        lines.AddList("Next:", [.. clock.GetProperty("due").EnumerateArray().Take(MaxMessages)], due =>
            $"{due.GetProperty("date").GetString()} {due.GetProperty("kind").GetString()} {due.GetProperty("sid")}");
    }

    private async Task AddFaultsAsync()
    {
        List<JsonElement> rules = [];
        foreach (var (path, key) in new[]
        {
            ("CarrierRules", "carrier_rules"), ("RequestRules", "request_rules"), ("WebhookRules", "webhook_rules"),
        })
            rules.AddRange((await api.GetAsync($"/emulator/v1/{path}").ConfigureAwait(false))
                .GetProperty(key).EnumerateArray());
        lines.AddList("Faults:", rules, Words.OfRule);
    }
}
