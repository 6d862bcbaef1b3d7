using System.Diagnostics;
using MessagingServices.Testing.Http;
using MessagingServices.Testing.Messages;
using MessagingServices.Testing.Reports;

namespace MessagingServices.Testing;

/// <summary>The requests that the server makes to the application: status callbacks and inbound messages.</summary>
public sealed class EmulatedWebhooks
{
    private const string Path = "/emulator/v1/Webhooks";
    private const double MaxRestMs = 250;

    private static readonly string[] Kinds = ["status_callback", "inbound", "fallback", "conversation"];
    private static readonly string[] Outcomes = ["delivered", "failed", "dropped", "pending"];

    private readonly EmulatorApi api;
    private readonly MessageStore messages;

    internal EmulatedWebhooks(EmulatorApi api, MessageStore messages) => (this.api, this.messages) = (api, messages);

    /// <summary>
    /// Waits at most 10 seconds, in real time, for a webhook about a message, and returns the first one. It fails at
    /// once when the message and all its webhooks have ended otherwise.
    /// </summary>
    /// <param name="messageSid">The message.</param>
    /// <param name="kind"><c>status_callback</c>, <c>inbound</c>, <c>fallback</c> or <c>conversation</c>.</param>
    /// <param name="outcome">
    /// <c>delivered</c>: the application has acknowledged it; <c>failed</c>, <c>dropped</c> or <c>pending</c>.
    /// </param>
    /// <exception cref="EmulatorException">
    /// There is none; the message says what the application has answered.
    /// </exception>
    public async Task<EmulatedWebhook> WaitForAsync(string messageSid, string kind, string outcome = "delivered")
    {
        Require(kind, Kinds, nameof(kind));
        Require(outcome, Outcomes, nameof(outcome));
        var began = Stopwatch.GetTimestamp();
        for (var rest = 10.0; ; rest = Math.Min(rest * 1.5, MaxRestMs))
        {
            var (webhooks, isOver) = await ReadAsync(messageSid, kind).ConfigureAwait(false);
            if (webhooks.Find(webhook => webhook.Kind == kind && webhook.Outcome == outcome) is { } found)
                return found;
            var left = EmulatedAccount.DefaultTimeout - Stopwatch.GetElapsedTime(began);
            if (isOver || left <= TimeSpan.Zero)
            {
                throw new EmulatorException(await new Report(api, messages).OfMissingWebhookAsync(
                    messageSid, $"{(isOver ? "will have" : "has")} no webhook of the kind {kind} that is {outcome}"
                    + (isOver ? "" : " after 10 s")).ConfigureAwait(false));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(rest, left.TotalMilliseconds)), api.Options.Token)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// An application that acknowledges every webhook, on this machine. A server in a container does not reach it.
    /// </summary>
    /// <param name="twiml">
    /// Gets the parameters of each webhook and returns the TwiML of the answer, or null for none. Any thread may call
    /// it. If it throws, the answer is 500 with the exception's message.
    /// </param>
    public WebhookReceiver Listen(Func<IReadOnlyDictionary<string, string>, string?>? twiml = null) =>
        new(twiml, api.Options.Write);

    private static void Require(string value, string[] known, string parameter)
    {
        if (!known.Contains(value))
            throw new ArgumentException($"\"{value}\" is none of {string.Join(", ", known)}.", parameter);
    }

    /// <summary>The webhooks of a message, oldest first, and whether neither they nor others will change.</summary>
    private async Task<(List<EmulatedWebhook> Webhooks, bool IsOver)> ReadAsync(string sid, string kind)
    {
        if (await messages.TimelineAsync(sid).ConfigureAwait(false) is not { } timeline)
        {
            // Webhooks outlive a message that the application has deleted. Events of conversations have other SIDs.
            var ofDeleted = await ListAsync(sid, kind).ConfigureAwait(false);
            return (ofDeleted, kind != "conversation" && !ofDeleted.Exists(IsPending));
        }

        // A message ends together with its last callback, and is received together with its webhook.
        List<EmulatedWebhook> webhooks =
            [.. timeline.GetProperty("webhooks").EnumerateArray().Select(EmulatedWebhook.Of)];
        var status = timeline.GetProperty("statuses").EnumerateArray()
            .Select(change => change.GetProperty("status").GetString()).LastOrDefault();
        var hasEnded = status is "delivered" or "read" or "undelivered" or "failed" or "canceled" or "received";
        return (webhooks, hasEnded && kind != "conversation" && !webhooks.Exists(IsPending));
    }

    private static bool IsPending(EmulatedWebhook webhook) => webhook.Outcome == "pending";

    private async Task<List<EmulatedWebhook>> ListAsync(string sid, string kind)
    {
        var page = await api.GetAsync(Path, ("MessageSid", sid), ("Kind", kind), ("PageSize", "1000"))
            .ConfigureAwait(false);
        return [.. page.GetProperty("webhooks").EnumerateArray().Reverse().Select(EmulatedWebhook.Of)];
    }
}
