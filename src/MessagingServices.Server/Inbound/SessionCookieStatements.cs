using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Inbound;

/// <summary>The cookies of sessions.</summary>
internal static class SessionCookieStatements
{
    public static NpgsqlBatchCommand Keep(IReadOnlyList<SessionCookies> sessions) => Over(
        """
        INSERT INTO session_cookies (account_sid, handset, sender, cookies, expires) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (account_sid, handset, sender) DO UPDATE SET cookies = excluded.cookies, expires = excluded.expires
        """, sessions,
        Sids<SessionCookies>(s => s.AccountSid),
        Text<SessionCookies>(s => s.Handset),
        Text<SessionCookies>(s => s.Sender),
        Text<SessionCookies>(s => StoredJson.Write(s.Cookies)),
        Times<SessionCookies>(s => s.Expires));

    /// <summary>Removes some that are over: nobody else looks for them, so a few go with each that is kept.</summary>
    public static NpgsqlBatchCommand RemoveOld(DateTimeOffset now) => new(
        """
        DELETE FROM session_cookies WHERE (account_sid, handset, sender) IN (
            SELECT account_sid, handset, sender FROM session_cookies WHERE expires < $1 ORDER BY expires LIMIT 10 FOR UPDATE SKIP LOCKED)
        """)
    {
        Parameters = { new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime } },
    };
}
