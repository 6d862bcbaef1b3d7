using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Inbound;

/// <summary>The cookies of TwiML sessions.</summary>
internal sealed class SessionRows : IBatchPart
{
    private static readonly Statement<SessionCookies> Upsert = Statement.Insert(
        "session_cookies",
        new ColumnSet<SessionCookies>
        {
            { "account_sid", session => session.AccountSid },
            { "handset", session => session.Handset },
            { "sender", session => session.Sender },
            { "cookies", session => StoredJson.Write(session.Cookies) },
            { "expires", session => session.Expires },
        },
        """
        ON CONFLICT (account_sid, handset, sender) DO UPDATE SET cookies = excluded.cookies, expires = excluded.expires
        """);

    private readonly List<SessionCookies> sessions = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Sessions;

    public void Save(SessionCookies session) => sessions.Add(session);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (sessions.Count == 0) return;
        commands.Add(Upsert.For(sessions));
        commands.Add(RemoveExpired(sessions[0]));
    }

    // Every save removes up to ten expired sessions of its account. No other statement removes them.
    private static NpgsqlBatchCommand RemoveExpired(SessionCookies newest) => new(
        """
        DELETE FROM session_cookies WHERE (account_sid, handset, sender) IN (
            SELECT account_sid, handset, sender FROM session_cookies
            WHERE account_sid = $1 AND expires < $2 ORDER BY expires LIMIT 10 FOR UPDATE SKIP LOCKED)
        """)
    {
        Parameters = { Scalar.Of(newest.AccountSid), Scalar.Of(newest.Expires - SessionCookies.Lifetime) },
    };
}
