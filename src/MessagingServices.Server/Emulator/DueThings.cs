using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>What waits for the clock of an account, as it will happen if nothing else does.</summary>
internal sealed class DueThings(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, OwnedMessages memory, RegistrationOptions periods,
    CarrierOptions carrier)
{
    /// <summary>Reads what is due next: things of one kind and time together.</summary>
    /// <param name="account">The account.</param>
    /// <param name="limit">The max number of entries.</param>
    /// <param name="cancellation">Cancels the queries.</param>
    public async Task<IReadOnlyList<DueThing>> ReadAsync(Sid account, int limit, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await clock.RefreshAsync(db, [account], cancellation);
        var now = clock.Now(account);
        // In this order: a message that leaves a memory meanwhile is in a queue then, and at worst counted twice.
        List<DueThing> reports = [.. OfMemory(account), .. await OfOtherServersAsync(db, account, cancellation)];
        var stored = await ReadStoredAsync(db, account, now, limit, cancellation);
        return DueThing.First(
            stored.Select(row => new DueThing(
                row.Date, EnumNames<DueKind>.Parse(row.Kind),
                row.FirstSid is { } sid ? Sid.Parse(sid, null) : null, row.Things))
            .Concat(reports.Where(report => report.Date > now)), limit);
    }

    private IEnumerable<DueThing> OfMemory(Sid account) =>
        memory.ReportsOf(account).Select(report => Report(report.Message, report.Due));

    private async Task<IReadOnlyList<DueThing>> OfOtherServersAsync(
        MessagingDb db, Sid account, CancellationToken cancellation)
    {
        var owned = await db.OwnedMessages.Where(entry => entry.Owner != memory.Node.Id)
            .Join(db.Messages.Where(message => message.AccountSid == account),
                entry => entry.MessageSid, message => message.Sid, (entry, message) => new { entry.Owner, message })
            .AsNoTracking().ToListAsync(cancellation);
        if (owned.Count == 0) return [];
        var plans = await db.ServerNodes.AsNoTracking()
            .ToDictionaryAsync(node => node.Id, node => node.DefaultPlan, cancellation);
        return
        [
            .. from one in owned
               let plan = one.message.CarrierPlan ?? plans.GetValueOrDefault(one.Owner) ?? carrier.Delays.DefaultPlan
               let next = CarrierDelivery.Resume(one.message, plan)
               where next is not null
               select Report(next.MessageSid, next.Due),
        ];
    }

    private static DueThing Report(Sid message, DateTimeOffset due) => new(due, DueKind.CarrierReport, message, 1);

    private Task<List<StoredThings>> ReadStoredAsync(
        MessagingDb db, Sid account, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var (sid, times) = (account.Value, periods.ApprovalTimes);
        return db.Database.SqlQuery<StoredThings>(
            $"""
             SELECT date, kind, min(sid) AS first_sid, count(*) AS things FROM (
                 SELECT due_at AS date,
                     CASE stage WHEN 'select_sender' THEN 'scheduled_message' ELSE 'queued_message' END AS kind,
                     message_sid AS sid
                 FROM message_queue WHERE account_sid = {sid} AND wake > '-infinity'
                 UNION ALL
                 SELECT due_at, 'carrier_report', message_sid
                 FROM carrier_deliveries WHERE account_sid = {sid} AND wake > '-infinity'
                 UNION ALL
                 SELECT step, 'brand', sid
                 FROM brands, unnest(ARRAY[nullif(review_from, decided_at), decided_at]) AS step
                 WHERE account_sid = {sid} AND forced IS NULL
                 UNION ALL
                 SELECT verified_at, 'brand_identity', sid FROM brands
                 WHERE account_sid = {sid} AND forced_identity IS NULL
                     AND (forced IN ('approved', 'suspended') OR forced IS NULL AND verified_at > decided_at)
                 UNION ALL
                 SELECT vetting.decided_at, 'brand_vetting', vetting.sid
                 FROM brands JOIN brand_vettings AS vetting ON vetting.brand_sid = brands.sid
                 WHERE brands.account_sid = {sid} AND vetting.forced IS NULL
                 UNION ALL
                 SELECT step, 'campaign', campaign.sid
                 FROM messaging_services AS service
                     JOIN a2p_campaigns AS campaign ON messaging_service_sid = service.sid,
                     unnest(ARRAY[nullif(review_from, decided_at), decided_at]) AS step
                 WHERE service.account_sid = {sid} AND forced IS NULL
                 UNION ALL
                 SELECT step, 'tollfree_verification', sid
                 FROM tollfree_verifications, unnest(ARRAY[nullif(review_from, decided_at), decided_at]) AS step
                 WHERE account_sid = {sid} AND forced IS NULL
                 UNION ALL
                 SELECT forced_at + {TollfreeVerification.EditPeriod}, 'tollfree_edit_period', sid
                 FROM tollfree_verifications WHERE account_sid = {sid} AND forced = 'twilio_rejected'
                 UNION ALL
                 SELECT approval_submitted + step, 'content_approval', sid FROM content_templates,
                     unnest(ARRAY[nullif({times.Received}, {times.Received + times.Pending}),
                         {times.Received + times.Pending}]) AS step
                 WHERE account_sid = {sid} AND forced_approval IS NULL
                 UNION ALL
                 SELECT link_expires, 'media_link', sid FROM media WHERE account_sid = {sid}
                 UNION ALL
                 SELECT opened + {WhatsAppWindow.Length}, 'whatsapp_window', NULL
                 FROM whatsapp_windows WHERE account_sid = {sid} AND opened > {now - WhatsAppWindow.Length}
                 UNION ALL
                 SELECT expires, 'session_cookies', NULL
                 FROM session_cookies WHERE account_sid = {sid} AND expires > {now}) AS waiting
             WHERE date > {now} GROUP BY date, kind ORDER BY date, kind LIMIT {limit}
             """).ToListAsync(cancellation);
    }

    /// <summary>Things of one kind and time.</summary>
    /// <param name="Date">The time.</param>
    /// <param name="Kind">The name of the kind.</param>
    /// <param name="FirstSid">The first of them; null for a kind of things without a SID.</param>
    /// <param name="Things">How many there are.</param>
    internal sealed record StoredThings(DateTimeOffset Date, string Kind, string? FirstSid, long Things);
}
