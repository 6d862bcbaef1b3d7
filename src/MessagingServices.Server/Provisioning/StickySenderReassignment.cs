using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>What a sender that joins a pool changes in what is remembered.</summary>
internal static class StickySenderReassignment
{
    /// <summary>
    /// Moves what is remembered of recipients in the country of a sender that has just joined the pool to it, where they had a phone number
    /// of another country. Recipients with a number of their own country, a short code or an alphanumeric sender keep it; only a number
    /// that they were moved to themselves, and have had no message from yet, gives way to a short code.
    /// Source: https://www.twilio.com/docs/messaging/services#country-code-geomatch.
    /// </summary>
    public static async Task MoveStickySendersAsync(this MessagingDb db, PoolSender joined, CancellationToken cancellation)
    {
        // A toll-free number is of no country, and nobody is moved to an alphanumeric, RCS or WhatsApp sender.
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
                 AND had.type = {longCode} AND (had.country IS DISTINCT FROM sticky_senders.country OR ({isShortCode} AND NOT is_used))
             """, cancellation);
    }
}
