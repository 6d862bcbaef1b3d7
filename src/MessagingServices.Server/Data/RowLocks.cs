using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Locks rows until the transaction ends, so that one request at a time changes them. A transaction that locks several
/// rows must use the order in <c>RowClaims</c>, which prevents deadlocks.
/// </summary>
internal static class RowLocks
{
    /// <summary>
    /// Locks a Messaging Service: its settings and the members of its pool. Null when the account has none with this
    /// SID.
    /// </summary>
    public static Task<MessagingService?> LockServiceAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.MessagingServices.FromSql(
            $"""
             SELECT * FROM messaging_services
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Locks a phone number: its settings and its pool membership. Null when the account has none with this SID.
    /// </summary>
    public static Task<PhoneNumber?> LockPhoneNumberAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.PhoneNumbers.FromSql(
            $"""
             SELECT * FROM phone_numbers
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Locks a short code: its settings and its pool membership. Null when the account has none with this SID.
    /// </summary>
    public static Task<ShortCode?> LockShortCodeAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.ShortCodes.FromSql(
            $"""
             SELECT * FROM short_codes
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Locks a WhatsApp or RCS sender: its settings and its pool membership. Null when the account has none with this
    /// SID.
    /// </summary>
    public static Task<ChannelSender?> LockChannelSenderAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.ChannelSenders.FromSql(
            $"""
             SELECT * FROM channel_senders
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a content template. Null when the account has none with this SID.</summary>
    public static Task<ContentTemplate?> LockContentTemplateAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.ContentTemplates.FromSql(
            $"""
             SELECT * FROM content_templates
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks an application. Null when the account has none with this SID.</summary>
    public static Task<Application?> LockApplicationAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.Applications.FromSql(
            $"""
             SELECT * FROM applications
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Keeps an application from being deleted while this transaction makes a phone number refer to it. It comes before
    /// the number. False when the account has none with this SID.
    /// </summary>
    public static async Task<bool> HoldApplicationAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM applications
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR KEY SHARE
             """)
            .ToListAsync(cancellation)).Count > 0;

    /// <summary>Locks a brand. Null when the account has none with this SID.</summary>
    public static Task<Brand?> LockBrandAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.Brands.FromSql(
            $"""
             SELECT * FROM brands
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a vetting of a brand. Null when the account has none with this SID.</summary>
    public static Task<BrandVetting?> LockBrandVettingAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.BrandVettings.FromSql(
            $"""
             SELECT * FROM brand_vettings
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a campaign. Null when the account has none with this SID.</summary>
    public static Task<A2pCampaign?> LockCampaignAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.A2pCampaigns.FromSql(
            $"""
             SELECT * FROM a2p_campaigns
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a toll-free verification. Null when the account has none with this SID.</summary>
    public static Task<TollfreeVerification?> LockTollfreeVerificationAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.TollfreeVerifications.FromSql(
            $"""
             SELECT * FROM tollfree_verifications
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Locks a message, so that no transaction removes it while this one adds rows to it. False when the account has
    /// none with this SID.
    /// </summary>
    public static async Task<bool> LockMessageAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM messages
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .ToListAsync(cancellation)).Count > 0;
}
