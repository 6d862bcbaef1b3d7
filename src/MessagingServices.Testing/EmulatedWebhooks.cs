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

    private readonly EmulatorApi api;
    private readonly MessageStore messages;

    internal EmulatedWebhooks(EmulatorApi api, MessageStore messages) => (this.api, this.messages) = (api, messages);

    /// <summary>
    /// Waits at most 10 seconds, in real time, for a webhook about a message, and returns the first one. It fails at
    /// once when all webhooks of the message have ended otherwise.
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
        var began = Stopwatch.GetTimestamp();
        for (var rest = 10.0; ; rest = Math.Min(rest * 1.5, MaxRestMs))
        {
            // In this order: a message ends together with its last callback.
            var hasMessageEnded = await HasMessageEndedAsync(messageSid).ConfigureAwait(false);
            var webhooks = await ListAsync(messageSid, kind).ConfigureAwait(false);
            if (webhooks.FirstOrDefault(webhook => webhook.Outcome == outcome) is { } found) return found;
            var left = EmulatedAccount.DefaultTimeout - Stopwatch.GetElapsedTime(began);
            var isOver = hasMessageEnded && webhooks.Count > 0
                && !webhooks.Any(webhook => webhook.Outcome == "pending");
            if (isOver || left <= TimeSpan.Zero)
            {
                throw new EmulatorException(await new Report(api, messages).OfMissingWebhookAsync(
                    messageSid, kind, outcome).ConfigureAwait(false));
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

    /// <summary>The webhooks of a message, oldest first.</summary>
    private async Task<List<EmulatedWebhook>> ListAsync(string messageSid, string kind)
    {
        var page = await api.GetAsync(Path, ("MessageSid", messageSid), ("Kind", kind), ("PageSize", "1000"))
            .ConfigureAwait(false);
        return [.. page.GetProperty("webhooks").EnumerateArray().Reverse().Select(EmulatedWebhook.Of)];
    }

    private async Task<bool> HasMessageEndedAsync(string sid) =>
        await messages.TimelineAsync(sid).ConfigureAwait(false) is { } timeline
        && timeline.GetProperty("statuses").EnumerateArray().Select(change => change.GetProperty("status").GetString())
            .LastOrDefault() is "delivered" or "read" or "undelivered" or "failed" or "canceled" or "received";
}
