namespace MessagingServices.Domain.Messages;

/// <summary>A change of a message's status.</summary>
/// <param name="Message">The message, which may have changed again since.</param>
/// <param name="Was">The status that it had.</param>
/// <param name="Status">The status that it got.</param>
/// <param name="ErrorCode">Why; exactly for failed and undelivered messages.</param>
public readonly record struct MessageMove(Message Message, MessageStatus Was, MessageStatus Status, int? ErrorCode);
