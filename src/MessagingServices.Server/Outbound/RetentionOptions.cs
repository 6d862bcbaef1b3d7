using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Outbound;

/// <summary>How long messages are kept that have ended.</summary>
[Section("Retention", "When old messages are removed.", See = "messages.md#retention-and-privacy")]
internal sealed class RetentionOptions
{
    private const int Century = 36_500;

    [Setting("Messages with a final status are removed after so many days, with their webhooks and the record of their "
        + "sender selection; 0: never. These are days of real time, not of the emulator's clock. Messages with a "
        + "pending webhook or a pending report of the carrier stay. Messages with media to which a link still works "
        + "stay too, and so do sticky senders.")]
    [Range(0, Century)]
    public int Days { get; init; }
}
