using System.Threading.Channels;
using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>A webhook that was made, to be recorded.</summary>
/// <param name="Sid">The webhook.</param>
/// <param name="Signature">The signature of the last attempt; null when there was none.</param>
/// <param name="Attempts">The attempts made now.</param>
/// <param name="Outcome">How it stands now.</param>
internal sealed record PostedWebhook(Sid Sid, string? Signature, IReadOnlyList<WebhookAttempt> Attempts, WebhookOutcome Outcome)
{
    /// <summary>The claim that ends when it is recorded; null when it never was in the lanes.</summary>
    public ClaimedWebhook? Claim { get; init; }
}

/// <summary>
/// Records webhooks that were made, gathered for up to 25 ms or 400 of them and written together. A write that fails is tried again until
/// it succeeds; until then the webhooks stay in the queue, so that a crash means another attempt and never a lost callback.
/// </summary>
internal sealed partial class WebhookResultWriter(
    WebhookQueue owed, EndpointLimiter lanes, PipelineSignals signals, ILogger<WebhookResultWriter> logger)
{
    private const int Enough = 400;
    private const int Most = 1000;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Channel<PostedWebhook> posted = System.Threading.Channels.Channel.CreateBounded<PostedWebhook>(new BoundedChannelOptions(2000) { SingleReader = true });
    private readonly ThrottledLog failures = new("Recording webhooks that were made", logger, TimeProvider.System);

    /// <summary>Hands one over; waits while more than 2000 are unwritten.</summary>
    public ValueTask AddAsync(PostedWebhook webhook, CancellationToken cancellation) => posted.Writer.WriteAsync(webhook, cancellation);

    /// <summary>No more will come: <see cref="RunAsync"/> ends once everything is written.</summary>
    public void Complete() => posted.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>, or until it is cut off.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        List<PostedWebhook> gathered = [];
        while (await posted.Reader.WaitToReadAsync(cancellation))
        {
            await GatherAsync(gathered, cancellation);
            await WriteAsync(gathered, cancellation);
            lanes.Forget(gathered.Select(webhook => webhook.Claim).OfType<ClaimedWebhook>());
            gathered.Clear();
            // The next webhooks of the same messages may be claimed now.
            signals.Wake(WorkQueues.Webhooks);
        }
    }

    private async Task GatherAsync(List<PostedWebhook> gathered, CancellationToken cancellation)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        tick.CancelAfter(Gathering);
        try
        {
            do
            {
                while (gathered.Count < Most && posted.Reader.TryRead(out var webhook)) gathered.Add(webhook);
            }
            while (gathered.Count < Enough && await posted.Reader.WaitToReadAsync(tick.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(List<PostedWebhook> webhooks, CancellationToken cancellation)
    {
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks)))
        {
            try
            {
                await owed.RecordAsync(webhooks, cancellation);
                failures.Succeeded();
                return;
            }
            catch (PostgresException refused) when (refused.IsRowError() && webhooks.Count > 1)
            {
                // One row's data cannot be stored: it must not keep the others back.
                foreach (var webhook in webhooks) await WriteAsync([webhook], cancellation);
                return;
            }
            catch (PostgresException refused) when (refused.IsRowError())
            {
                LogNotStorable(webhooks[0].Sid, refused);
                if (WithoutTexts(webhooks[0]) is not { } bare) return;
                // Not stored at all it would be made again and again, and the message's next webhooks would wait for ever.
                await WriteAsync([bare], cancellation);
                return;
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Failed(failure);
                await Task.Delay(pause, cancellation);
            }
        }
    }

    private static PostedWebhook? WithoutTexts(PostedWebhook webhook) =>
        webhook.Signature is null && webhook.Attempts.All(attempt => attempt.Error is null)
            ? null
            : webhook with { Signature = null, Attempts = [.. webhook.Attempts.Select(attempt => attempt with { Error = null })] };

    [LoggerMessage(LogLevel.Error, "What became of webhook {Webhook} cannot be stored as it is")]
    private partial void LogNotStorable(Sid webhook, Exception failure);
}
