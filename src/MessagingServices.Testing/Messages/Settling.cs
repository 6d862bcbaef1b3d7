using System.Diagnostics;
using MessagingServices.Testing.Http;

namespace MessagingServices.Testing.Messages;

/// <summary>Brings an account to the point where nothing follows any more from what was done.</summary>
internal sealed class Settling(EmulatorApi api, MessageStore messages)
{
    private const int MaxRounds = 200;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxAnswers = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Advances the clock by a second. It finishes the work that is due, so that messages which carriers deliver within
    /// a second have arrived.
    /// </summary>
    public Task SettleAsync() => AdvanceAsync("PT1S");

    /// <summary>Settles until no message to an address is on its way, and the application has answered.</summary>
    public async Task FinishAsync(string address)
    {
        var began = Stopwatch.GetTimestamp();
        await WaitForAnswersAsync(began).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        for (var round = 0; round < MaxRounds || Stopwatch.GetElapsedTime(began) < MaxAnswers; round++)
        {
            // The answer to a webhook may send a message, and that may have a webhook in turn.
            if (await WaitForAnswersAsync(began).ConfigureAwait(false))
            {
                await SettleAsync().ConfigureAwait(false);
                continue;
            }

            var pending = (await messages.ToAsync(address).ConfigureAwait(false)).Where(message => message.IsOnItsWay)
                .ToList();
            if (pending.Count == 0) return;
            // Where a carrier takes longer than a second, the clock goes from report to report.
            if (await IsCarrierDueAsync().ConfigureAwait(false)) await AdvanceAsync("next").ConfigureAwait(false);
            else if (pending.TrueForAll(message => message.Status == "sent")) return;
            else await RestAsync().ConfigureAwait(false);
        }

        throw new EmulatorException(
            $"It cannot be said whether {address} receives nothing: messages to it stay on their way, however often "
            + "the clock is moved.");
    }

    /// <summary>Lets the server work for a message that does not wait for the clock, such as for its media.</summary>
    private async Task RestAsync()
    {
        await AdvanceAsync("PT0S").ConfigureAwait(false);
        await Task.Delay(Rest, api.Options.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for webhooks that the application has not answered, but not for ever; false when there were none.
    /// </summary>
    private async Task<bool> WaitForAnswersAsync(long began)
    {
        var waited = false;
        while (Stopwatch.GetElapsedTime(began) < MaxAnswers && await IsAnswerMissingAsync().ConfigureAwait(false))
        {
            await Task.Delay(Rest, api.Options.Token).ConfigureAwait(false);
            waited = true;
        }

        return waited;
    }

    /// <summary>
    /// Whether a first attempt is in progress. Webhooks that wait for a retry or by a fault take too long.
    /// </summary>
    private async Task<bool> IsAnswerMissingAsync()
    {
        var page = await api.GetAsync("/emulator/v1/Webhooks", ("Outcome", "pending"), ("PageSize", "1000"))
            .ConfigureAwait(false);
        return page.GetProperty("webhooks").EnumerateArray().Select(EmulatedWebhook.Of)
            .Any(webhook => webhook.Attempts.Count == 0 && webhook.FaultRule is null);
    }

    private async Task AdvanceAsync(string by) =>
        await api.PostAsync(EmulatedClock.Path, ("Advance", by)).ConfigureAwait(false);

    /// <summary>Whether the clock leads to a step of a message. Other things may be due before.</summary>
    private async Task<bool> IsCarrierDueAsync()
    {
        var due = await api.GetAsync("/emulator/v1/Clock/Due").ConfigureAwait(false);
        return due.GetProperty("due").EnumerateArray()
            .Any(next => next.GetProperty("kind").GetString() is "carrier_report" or "queued_message");
    }
}
