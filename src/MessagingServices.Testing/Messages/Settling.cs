using System.Diagnostics;
using System.Text.Json;
using MessagingServices.Testing.Http;

namespace MessagingServices.Testing.Messages;

/// <summary>Brings an account to the point where nothing follows any more from what was done.</summary>
internal sealed class Settling(EmulatorApi api, MessageStore messages)
{
    private const int MaxRounds = 10;
    private const int MaxMoves = 200;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxAnswer = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Advances the clock by a second. It finishes the work that is due, so that messages which carriers deliver within a
    /// second have arrived.
    /// </summary>
    public Task SettleAsync() => api.PostAsync(EmulatedClock.Path, ("Advance", "PT1S"));

    /// <summary>Settles until no message to an address is on its way and the application has answered webhooks.</summary>
    public async Task FinishAsync(string address)
    {
        await SettleAsync().ConfigureAwait(false);
        // The answer to a webhook may send a message, and that may have a webhook in turn.
        for (var round = 0; round < MaxRounds && await WaitForAnswersAsync().ConfigureAwait(false); round++)
            await SettleAsync().ConfigureAwait(false);

        // Where a carrier takes longer than a second, the clock goes from report to report.
        for (var move = 0; move < MaxMoves && await IsCarrierNextAsync().ConfigureAwait(false); move++)
        {
            var sent = await messages.ToAsync(address).ConfigureAwait(false);
            if (!sent.Any(message => message.IsOnItsWay)) return;
            await api.PostAsync(EmulatedClock.Path, ("Advance", "next")).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for webhooks that the application has not answered; false when there were none.</summary>
    private async Task<bool> WaitForAnswersAsync()
    {
        var waited = false;
        for (var began = Stopwatch.GetTimestamp();
            await IsAnswerMissingAsync().ConfigureAwait(false) && Stopwatch.GetElapsedTime(began) < MaxAnswer;
            waited = true) await Task.Delay(Rest, api.Options.Token).ConfigureAwait(false);
        return waited;
    }

    /// <summary>Whether a first attempt is in progress. Webhooks that wait for a retry or by a fault take too long.</summary>
    private async Task<bool> IsAnswerMissingAsync()
    {
        var page = await api.GetAsync("/emulator/v1/Webhooks", ("Outcome", "pending"), ("PageSize", "1000"))
            .ConfigureAwait(false);
        return page.GetProperty("webhooks").EnumerateArray().Select(EmulatedWebhook.Of)
            .Any(webhook => webhook.Attempts.Count == 0 && webhook.FaultRule is null);
    }

    private async Task<bool> IsCarrierNextAsync()
    {
        var due = await api.GetAsync("/emulator/v1/Clock/Due").ConfigureAwait(false);
        return due.GetProperty("due").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } next
            && next.GetProperty("kind").GetString() is "carrier_report" or "queued_message";
    }
}
