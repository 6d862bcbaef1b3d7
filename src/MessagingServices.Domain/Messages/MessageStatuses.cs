using System.Collections.Frozen;
using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Messages;

/// <summary>The status machine as a table. The README draws it; a test compares the two.</summary>
public static class MessageStatuses
{
    /// <summary>Which statuses may follow each status. None may follow a terminal one, but that a delivered message can still be read.</summary>
    public static readonly FrozenDictionary<MessageStatus, FrozenSet<MessageStatus>> Next = new Dictionary<MessageStatus, MessageStatus[]>
    {
        [Accepted] = [Queued, Failed],
        [Scheduled] = [Queued, Failed, Canceled],
        [Queued] = [Sending, Failed],
        [Sending] = [Sent, Failed],
        [Sent] = [Delivered, Undelivered, Read],
        [Delivered] = [Read],
        [Receiving] = [Received],
        [Canceled] = [],
        [Failed] = [],
        [Undelivered] = [],
        [Read] = [],
        [Received] = [],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    /// <summary>Whether the message has ended: it can be redacted and deleted, and nothing is owed to it any more.</summary>
    public static bool IsTerminal(this MessageStatus status) => status switch
    {
        Canceled or Failed or Delivered or Undelivered or Read or Received => true,
        Accepted or Scheduled or Queued or Sending or Sent or Receiving => false,
    };

    /// <summary>
    /// Whether reaching the status owes a status callback. The first status of a message never does, and <see cref="Sending"/> is not
    /// among Twilio's: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
    /// </summary>
    public static bool OwesCallback(this MessageStatus status) => status switch
    {
        Queued or Sent or Failed or Delivered or Undelivered or Read or Canceled => true,
        Accepted or Scheduled or Sending or Receiving or Received => false,
    };

    /// <summary>Whether a message in this status carries an error code.</summary>
    public static bool HasErrorCode(this MessageStatus status) => status is Failed or Undelivered;
}
