namespace MessagingServices.Domain.Messages;

/// <summary>One entry of a message's history.</summary>
/// <param name="Status">The new status.</param>
/// <param name="Date">The time of the change, on the emulator's clock.</param>
/// <param name="ErrorCode">Twilio's error code for the statuses failed and undelivered; null for all others.</param>
public sealed record StatusChange(MessageStatus Status, DateTimeOffset Date, int? ErrorCode);
