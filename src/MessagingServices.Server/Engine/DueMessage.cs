namespace MessagingServices.Server.Engine;

/// <summary>A message that is due in a stage.</summary>
/// <param name="Sid">The message.</param>
/// <param name="Message">The message to change; null when it was removed.</param>
/// <param name="Due">When it was due, on the emulator's clock.</param>
internal sealed record DueMessage(Sid Sid, Message? Message, DateTimeOffset Due)
{
    /// <summary>Whether <see cref="Due"/> is a send slot that the message has reserved.</summary>
    public bool HasSlot { get; init; }

    /// <summary>The carrier's report; null when the message waits for another stage.</summary>
    public CarrierDelivery? Report { get; init; }

    /// <summary>A message from this server's memory.</summary>
    public static DueMessage Of(OwnedChange taken) =>
        new(taken.Message.Sid, taken.Message, taken.Owned.Due) { Report = taken.Owned.Report };
}
