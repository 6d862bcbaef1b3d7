namespace MessagingServices.Domain.Prices;

/// <summary>
/// What messages of one day and kind have cost whose resources were deleted since. Usage and balance still count them:
/// they were sent.
/// </summary>
/// <param name="Day">The day on which they were sent, in GMT on the emulator's clock.</param>
/// <param name="Kind">See <see cref="MessageUsage.Kind"/>.</param>
/// <param name="IsInbound">Whether they came from handsets.</param>
/// <param name="IsShortCode">Whether the account's own address is a short code.</param>
/// <param name="Count">The number of messages.</param>
/// <param name="Segments">The number of their segments.</param>
/// <param name="Price">What they cost, in US dollars.</param>
public sealed record RemovedUsage(
    Sid AccountSid, DateOnly Day, string Kind, bool IsInbound, bool IsShortCode, long Count, long Segments,
    decimal Price);
