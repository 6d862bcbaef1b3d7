using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes sticky senders when a sender joins a pool.</summary>
internal static class StickySenderReassignment
{
    /// <summary>
    /// Makes a sender that has just joined a pool the sticky sender of recipients in its country, if their sticky
    /// sender is a phone number of another country. A number of their own country, a short code and an alphanumeric
    /// sender stay. There is one exception: a short code replaces a number that such a move has assigned, and that has
    /// not sent to the recipient yet. Source: https://www.twilio.com/docs/messaging/services#country-code-geomatch.
    /// </summary>
    public static async Task MoveStickySendersAsync(
        this MessagingDb db, PoolSender joined, CancellationToken cancellation)
    {
        // A toll-free number has no country. Alphanumeric, RCS and WhatsApp senders replace no sticky sender.
        if (joined is not { Type: SenderType.LongCode or SenderType.ShortCode, Country: { } country }) return;
        var sms = EnumNames<Channel>.Of(Channel.Sms);
        var longCode = EnumNames<SenderType>.Of(SenderType.LongCode);
        var isShortCode = joined.Type == SenderType.ShortCode;
        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE sticky_senders SET sender_sid = {joined.Sid.Value}, is_used = false
             FROM pool_senders AS had
             WHERE sticky_senders.messaging_service_sid = {joined.MessagingServiceSid.Value} AND channel = {sms}
                 AND sticky_senders.country = {country} AND had.sid = sender_sid
                 AND had.type = {longCode}
                 AND (had.country IS DISTINCT FROM sticky_senders.country OR ({isShortCode} AND NOT is_used))
             """, cancellation);
    }
}
