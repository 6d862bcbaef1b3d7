namespace MessagingServices.Domain.Messages;

/// <summary>A change of a message's status, for metrics and traces.</summary>
/// <param name="Message">The message in its present state. Its status may have changed again since.</param>
/// <param name="Was">The status before the change.</param>
/// <param name="Status">The status after the change.</param>
/// <param name="ErrorCode">Twilio's error code for the statuses failed and undelivered; null for all others.</param>
public readonly record struct MessageMove(Message Message, MessageStatus Was, MessageStatus Status, int? ErrorCode);
