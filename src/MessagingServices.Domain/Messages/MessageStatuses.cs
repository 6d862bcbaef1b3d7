using System.Collections.Frozen;
using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Messages;

/// <summary>
/// The state machine of <see cref="MessageStatus"/> as a table. docs/architecture.md shows it as a diagram, and a test
/// compares the two.
/// </summary>
public static class MessageStatuses
{
    /// <summary>
    /// The statuses that may follow each status. Only delivered is terminal and still has a successor: read.
    /// </summary>
    public static readonly FrozenDictionary<MessageStatus, FrozenSet<MessageStatus>> Next =
        new Dictionary<MessageStatus, MessageStatus[]>
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

    /// <summary>
    /// Whether the message has ended. It can then be redacted and deleted, and no further work is pending for it.
    /// </summary>
    public static bool IsTerminal(this MessageStatus status) => status switch
    {
        Canceled or Failed or Delivered or Undelivered or Read or Received => true,
        Accepted or Scheduled or Queued or Sending or Sent or Receiving => false,
    };

    /// <summary>
    /// Whether a change to the status sends a status callback. The first status of a message sends none. Twilio has no
    /// callback for <see cref="Sending"/>:
    /// https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
    /// </summary>
    public static bool TriggersCallback(this MessageStatus status) => status switch
    {
        Queued or Sent or Failed or Delivered or Undelivered or Read or Canceled => true,
        Accepted or Scheduled or Sending or Receiving or Received => false,
    };

    /// <summary>Whether a message in this status has an error code.</summary>
    public static bool HasErrorCode(this MessageStatus status) => status is Failed or Undelivered;
}
