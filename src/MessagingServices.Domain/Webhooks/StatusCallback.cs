using System.Globalization;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// The notification owed for one status change: what is posted, and where to. Source of the parameters:
/// https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
/// </summary>
/// <param name="AccountSid">Whose Auth Token signs it.</param>
/// <param name="MessageSid">The message.</param>
/// <param name="Url">Where to, connection overrides included.</param>
/// <param name="Parameters">The form's fields in their order.</param>
/// <param name="Date">When the status changed.</param>
public sealed record StatusCallback(
    Sid AccountSid, Sid MessageSid, string Url, IReadOnlyList<KeyValuePair<string, string>> Parameters, DateTimeOffset Date)
{
    /// <summary>The callback for the present status of a message that has a callback URL.</summary>
    internal static StatusCallback Of(Message message)
    {
        var status = EnumNames<MessageStatus>.Of(message.Status);
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
        if (message.ErrorCode is { } code) parameters.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
        if (message.ChannelInstallSid is { } install)
        {
            parameters.Add(new("ChannelInstallSid", install.Value));
            parameters.Add(new("ChannelPrefix", message.From![..message.From!.IndexOf(':', StringComparison.Ordinal)]));
            if (message.ErrorCode is { } failure && MessagingError.TextOf(failure) is { } text) parameters.Add(new("ChannelStatusMessage", text));
            if (message.Status == MessageStatus.Read) parameters.Add(new("EventType", "READ"));
        }
        else if (message.Status is MessageStatus.Delivered or MessageStatus.Undelivered)
            parameters.Add(new("RawDlrDoneDate", message.DateUpdated.ToString("yyMMddHHmm", CultureInfo.InvariantCulture)));
        return new(message.AccountSid, message.Sid, message.StatusCallback!, parameters, message.DateUpdated);
    }
}
