namespace MessagingServices.Server.Engine;

/// <summary>A message that this server moves from memory. Only <see cref="OwnedMessages"/> changes it.</summary>
internal sealed class OwnedMessage(Message message)
{
    /// <summary>The message as it is committed. Stages work on copies.</summary>
    public Message Message { get; set; } = message;

    /// <summary>What happens next with the message.</summary>
    public OwnedStep Step { get; set; } = OwnedStep.None;

    /// <summary>When the next step is due, on the clock of its account.</summary>
    public DateTimeOffset Due { get; set; } = message.DateCreated;

    /// <summary>Whether the database has it.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>How often it has begun to wait for a report: earlier entries of the queue do not count.</summary>
    public int Turn { get; set; }

    /// <summary>The carrier's next report; null if it does not have the message or reports nothing more.</summary>
    public CarrierDelivery? Report { get; set; }

    /// <summary>The number of status callbacks in memory that are not recorded yet.</summary>
    public int Callbacks { get; set; }

    /// <summary>Whether nothing is left to do for the message but its status callbacks.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether nothing at all is left to do.</summary>
    public bool IsFinished => HasEnded && Callbacks == 0;
}

/// <summary>The place of a message in the memory of its server.</summary>
internal enum OwnedStep
{
    /// <summary>It is not committed yet, a stage has it now, or it has ended.</summary>
    None,

    /// <summary>It waits for <c>SelectSenders</c>.</summary>
    SelectSender,

    /// <summary>It waits for <c>HandToCarrier</c>.</summary>
    HandToCarrier,

    /// <summary>It waits for a report of the carrier.</summary>
    Report,
}
