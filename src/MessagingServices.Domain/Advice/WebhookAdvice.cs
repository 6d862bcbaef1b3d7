using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Webhooks;

namespace MessagingServices.Domain.Advice;

/// <summary>What to do about the webhooks of a message.</summary>
internal static class WebhookAdvice
{
    public static IEnumerable<string> Of(Message message, IReadOnlyList<Webhook> webhooks)
    {
        if (webhooks.Count == 0) return WithoutWebhooks(message) is { } reason ? [reason] : [];
        return webhooks.Select(Of).OfType<string>().Distinct();
    }

    private static string? WithoutWebhooks(Message message) => message.Direction switch
    {
        MessageDirection.Inbound when message.Status.IsTerminal() =>
            "It has no webhook. Set a webhook URL on the number or its Messaging Service: "
            + "/docs/inbound.md#my-webhook-was-not-called",
        MessageDirection.OutboundApi when message.StatusCallback is null =>
            "It has no StatusCallback, so the application is not told its statuses: /docs/messages.md#status-callbacks",
        MessageDirection.Inbound or MessageDirection.OutboundApi or MessageDirection.OutboundCall
            or MessageDirection.OutboundReply => null,
    };

    private static string? Of(Webhook webhook) => webhook.Outcome switch
    {
        WebhookOutcome.Delivered => null,
        WebhookOutcome.Dropped when webhook.Fault is { Drop: true } fault =>
            $"{Name(webhook)} was dropped by the webhook rule {fault.RuleSid}. Delete the rule to end that.",
        WebhookOutcome.Dropped => $"{Name(webhook)} was dropped, because the account was closed.",
        WebhookOutcome.Failed => $"{Name(webhook)} failed: {Failure(webhook)}",
        WebhookOutcome.Pending when webhook.Attempts is [.., { Error: not null }] =>
            $"{Name(webhook)} is tried again. It failed: {Failure(webhook)}",
        WebhookOutcome.Pending when webhook.Fault is { } fault =>
            $"{Name(webhook)} waits, because of the webhook rule {fault.RuleSid}. Delete the rule to end that for "
            + "later webhooks.",
        WebhookOutcome.Pending => $"{Name(webhook)} is not acknowledged yet.",
    };

    private static string Name(Webhook webhook)
    {
        var subject = WebhookSubject.Of(webhook);
        return subject.Status is { } status
            ? $"The webhook {webhook.Sid} ({EnumNames<MessageStatus>.Of(status)}) to {subject.Url}"
            : $"The webhook {webhook.Sid} to {subject.Url}";
    }

    private static string Failure(Webhook webhook)
    {
        var attempt = webhook.Attempts.LastOrDefault(one => one.ErrorCode is not null);
        return $"{attempt?.Error?.TrimEnd('.')} ({webhook.ErrorCode ?? attempt?.ErrorCode}). "
            + Remedy(attempt?.ErrorCode, attempt?.StatusCode);
    }

    private static string Remedy(int? code, int? status) => (code, status) switch
    {
        (_, 401 or 403) =>
            "If the application refuses the signature, check the signature: it says what the application must change.",
        (_, 404 or 405) => "Check the path and the method of the webhook's URL.",
        (_, >= 400) => "Read the log of the application.",
        (11203, _) => "The application must answer in time: /docs/messages.md#errors-of-webhooks",
        (11205, _) => "Check that the application listens there, as the server reaches it: from a container, localhost "
            + "is the container itself.",
        (11210, _) => "Check the host name of the webhook's URL.",
        (>= 12000 and < 12400, _) => "Correct the TwiML: /docs/inbound.md#errors",
        _ => "See /docs/messages.md#errors-of-webhooks and /docs/inbound.md#errors",
    };
}
