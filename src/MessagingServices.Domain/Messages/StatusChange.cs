namespace MessagingServices.Domain.Messages;

/// <summary>One step of a message's life.</summary>
/// <param name="Status">The status reached.</param>
/// <param name="Date">When, on the emulator's clock.</param>
/// <param name="ErrorCode">Why, for a failed or undelivered message.</param>
public sealed record StatusChange(MessageStatus Status, DateTimeOffset Date, int? ErrorCode);
