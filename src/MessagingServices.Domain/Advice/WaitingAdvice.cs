using System.Globalization;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Advice;

/// <summary>Why a message has not ended, and what moves it on.</summary>
internal static class WaitingAdvice
{
    public static IEnumerable<string> Of(AdvisedMessage advised)
    {
        if (Reason(advised.Message) is not { } reason) yield break;
        yield return reason;
        if (!advised.Message.Status.IsTerminal()) yield return Clock(advised);
    }

    private static string? Reason(Message message) => message.Status switch
    {
        MessageStatus.Scheduled => $"It is sent when the clock of the account reaches {Text(message.SendAt!.Value)}.",
        MessageStatus.Accepted =>
            "The Messaging Service has not selected its sender yet. If that lasts, check that a server runs every "
            + "stage (Pipeline:Stages): /docs/configuration.md#pipeline",
        MessageStatus.Queued when message.MediaUrls.Count > 0 =>
            "Its media are downloaded, or it waits for its turn at its sender: /docs/media.md, /docs/throughput.md",
        MessageStatus.Queued => "It waits for its turn at its sender: /docs/throughput.md",
        MessageStatus.Sent when message.CarrierPlan is { FinalStatus: MessageStatus.Sent } =>
            "A carrier rule with Outcome=sent ends its reports here. Delete the rule to end that.",
        MessageStatus.Sending or MessageStatus.Sent =>
            "The carrier has it, and reports the next status when the clock of the account reaches it.",
        MessageStatus.Receiving => "Its media are downloaded: /docs/inbound.md",
        MessageStatus.Canceled => "It was canceled before it was sent.",
        MessageStatus.Failed or MessageStatus.Undelivered or MessageStatus.Delivered or MessageStatus.Read
            or MessageStatus.Received => null,
    };

    private static string Clock(AdvisedMessage advised) => advised.IsClockFrozen
        ? $"The clock of the account is frozen at {Text(advised.Now)}. Move it: to the next due thing, or by a "
            + "duration."
        : $"The clock of the account shows {Text(advised.Now)}. You need not wait: advance it.";

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
