namespace MessagingServices.Server.Engine;

/// <summary>What a transaction does with a message in memory.</summary>
internal sealed class OwnedChange(OwnedMessage owned, Message message)
{
    public OwnedMessage Owned => owned;

    /// <summary>The copy that the stage has moved.</summary>
    public Message Message => message;

    /// <summary>The carrier's next report; null for none.</summary>
    public CarrierDelivery? Next { get; set; }

    /// <summary>The number of new status callbacks in memory.</summary>
    public int Callbacks { get; set; }

    /// <summary>Whether the message leaves memory with this commit, because nothing is left to do.</summary>
    public bool IsFinished { get; set; }
}
