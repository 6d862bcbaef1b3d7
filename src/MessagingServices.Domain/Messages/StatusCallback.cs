using System.Globalization;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Messages;

/// <summary>
/// The status callback of one status change. Source of the parameters:
/// https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
/// </summary>
/// <param name="AccountSid">The account whose auth token signs the request.</param>
/// <param name="Url">The URL, with its connection overrides.</param>
/// <param name="Parameters">The form fields in order.</param>
/// <param name="Date">The time of the status change.</param>
public sealed record StatusCallback(
    Sid AccountSid, Sid MessageSid, string Url, IReadOnlyList<KeyValuePair<string, string>> Parameters,
    DateTimeOffset Date)
{
    /// <summary>The number of this callback among all of its message, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Whether the message can have no status callback after this one.</summary>
    public bool IsLast { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>All status callbacks of a message so far, in order; none without a callback URL.</summary>
    /// <remarks>
    /// A callback depends only on what never changes: the message's addresses, and the entry of its history. So it can
    /// be made again at any time. The exception is a message that obfuscates its recipient when it ends.
    /// </remarks>
    public static IEnumerable<StatusCallback> AllOf(Message message)
    {
        var number = 0;
        if (message.StatusCallback is null) yield break;
        // The first status of a message sends no callback.
        foreach (var change in message.StatusChanges.Skip(1))
            if (change.Status.TriggersCallback()) yield return Of(message, change, ++number);
    }

    /// <summary>The callback for the present status of a message with a callback URL.</summary>
    internal static StatusCallback Of(Message message) => Of(message, message.StatusChanges[^1],
        message.StatusChanges.Skip(1).Count(change => change.Status.TriggersCallback()));

    private static StatusCallback Of(Message message, StatusChange change, int number)
    {
        var status = EnumNames<MessageStatus>.Of(change.Status);
        List<KeyValuePair<string, string>> parameters =
        [
            new("MessageSid", message.Sid.Value),
            new("MessageStatus", status),
            new("SmsSid", message.Sid.Value),
            new("SmsStatus", status),
            new("AccountSid", message.AccountSid.Value),
        ];
        if (message.From is { } from) parameters.Add(new("From", from));
        parameters.Add(new("To", message.To));
        parameters.Add(new("ApiVersion", "2010-04-01"));
        if (message.MessagingServiceSid is { } service) parameters.Add(new("MessagingServiceSid", service.Value));
        if (change.ErrorCode is { } code)
            parameters.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
        if (ChannelPrefixOf(message) is { } prefix)
            AddChannel(parameters, message, change, prefix);
        else if (IsReportedByCarrier(message, change.Status))
            parameters.Add(new("RawDlrDoneDate", change.Date.ToString("yyMMddHHmm", CultureInfo.InvariantCulture)));
        return new(message.AccountSid, message.Sid, message.StatusCallback!, parameters, change.Date)
        {
            Number = number,
            IsLast = MessageStatuses.Next[change.Status].Count == 0,
            Method = message.Options.HasFlag(MessageOptions.StatusCallbackByGet) ? "GET" : "POST",
        };
    }

    /// <summary>
    /// <c>whatsapp</c> or <c>rcs</c>, from the sender, or from the recipient of a message without a sender; null for
    /// SMS and MMS.
    /// </summary>
    private static string? ChannelPrefixOf(Message message)
    {
        var address = message.From ?? message.To;
        return address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? address[..colon] : null;
    }

    private static void AddChannel(
        List<KeyValuePair<string, string>> parameters, Message message, StatusChange change, string prefix)
    {
        if (message.ChannelInstallSid is { } install) parameters.Add(new("ChannelInstallSid", install.Value));
        parameters.Add(new("ChannelPrefix", prefix));
        if (change.ErrorCode is { } failure && MessagingError.TextOf(failure) is { } text)
            parameters.Add(new("ChannelStatusMessage", text));
        if (change.Status is MessageStatus.Delivered or MessageStatus.Read or MessageStatus.Undelivered)
            parameters.Add(new("EventType", EnumNames<MessageStatus>.Of(change.Status).ToUpperInvariant()));
        if (prefix != "whatsapp") return;
        var recipient = message.To[(message.To.IndexOf(':', StringComparison.Ordinal) + 1)..];
        parameters.Add(new("ChannelToAddress", RecipientAddress.Obfuscate(recipient)));
        parameters.Add(new("StructuredMessage", "false"));
    }

    /// <summary>Whether the carrier reported a final status. A message that it never had fails without it.</summary>
    private static bool IsReportedByCarrier(Message message, MessageStatus status) =>
        status is MessageStatus.Delivered or MessageStatus.Undelivered
        || (status == MessageStatus.Failed
            && message.StatusChanges.Any(change => change.Status == MessageStatus.Sending));
}
