using MessagingServices.Server.Inbound;

namespace MessagingServices.Server.Webhooks;

/// <summary>Makes one claimed webhook and records what came of it: a status callback's body means nothing, that of an inbound message says what to do.</summary>
internal sealed class DeliverWebhook(
    WebhookClient client, WebhookResultWriter writer, TwimlSession session, TwimlResultWriter answers, EndpointLimiter lanes)
{
    /// <summary>Requests it, with all that its answer leads on to. Nothing is stored yet.</summary>
    /// <exception cref="OperationCanceledException">Cut off.</exception>
    public async Task<MadeWebhook> RequestAsync(ClaimedWebhook claimed, CancellationToken cut)
    {
        if (claimed.Webhook.ExpectsTwiml) return await session.RunAsync(claimed, cut);
        var result = await client.RequestAsync(claimed.Webhook, claimed.AuthToken, cut);
        return new(new(claimed.Webhook.Sid, result.Signature, result.Attempts, result.Standing) { Claim = claimed }, result.WasAnswered)
        {
            ErrorCode = result.Outcome.ErrorCode,
            OwnError = result.OwnError,
        };
    }

    /// <summary>Records it, or has it recorded together with others, and ends its claim.</summary>
    /// <exception cref="OperationCanceledException">Cut off; the webhook is made again.</exception>
    public async Task RecordAsync(MadeWebhook made, CancellationToken cancellation)
    {
        if (!made.Posted.Claim!.Webhook.ExpectsTwiml)
        {
            await writer.AddAsync(made.Posted, cancellation);
            return;
        }

        await answers.RecordAsync(made, cancellation);
        lanes.Forget([made.Posted.Claim]);
    }
}

/// <summary>A webhook that was made.</summary>
/// <param name="Posted">What is recorded of it.</param>
/// <param name="WasAnswered">Whether the endpoint answered at all, be it with a refusal; null when that is not known.</param>
internal sealed record MadeWebhook(PostedWebhook Posted, bool? WasAnswered)
{
    /// <summary>Twilio's code of what went wrong; null when nothing did.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The URL that it went wrong with, where that is told to a fallback.</summary>
    public string? ErrorUrl { get; init; }

    /// <summary>The error of this server that ended it; null when there was none.</summary>
    public Exception? OwnError { get; init; }

    /// <summary>The cookies of its session from now on; null when they are as they were.</summary>
    public IReadOnlyList<Domain.Inbound.SessionCookie>? Cookies { get; init; }

    /// <summary>What the answer wants sent, in its order.</summary>
    public IReadOnlyList<Domain.Inbound.TwimlMessage> Replies { get; init; } = [];
}
