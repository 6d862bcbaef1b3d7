using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>WhatsApp's 24-hour windows that inbound messages open.</summary>
internal sealed class WhatsAppWindowRows : IBatchPart
{
    // Two messages of one user may be stored in another order than they came.
    private static readonly Statement<WhatsAppWindow> Upsert = Statement.Insert(
        "whatsapp_windows",
        new ColumnSet<WhatsAppWindow>
        {
            { "account_sid", window => window.AccountSid },
            { "handset", window => window.Handset },
            { "sender", window => window.Sender },
            { "opened", window => window.Opened },
        },
        """
        ON CONFLICT (account_sid, handset, sender)
        DO UPDATE SET opened = greatest(whatsapp_windows.opened, excluded.opened)
        """);

    private readonly List<WhatsAppWindow> opened = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Sessions;

    /// <summary>Opens windows, or renews them. One transaction opens each window once.</summary>
    public void Open(IEnumerable<WhatsAppWindow> windows) => opened.AddRange(windows);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (opened.Count == 0) return;
        commands.Add(Upsert.For(opened));
        commands.Add(RemoveClosed(opened[0]));
    }

    // Every message removes up to ten windows of its account that have closed. No other statement removes them.
    private static NpgsqlBatchCommand RemoveClosed(WhatsAppWindow newest) => new(
        """
        DELETE FROM whatsapp_windows WHERE (account_sid, handset, sender) IN (
            SELECT account_sid, handset, sender FROM whatsapp_windows
            WHERE account_sid = $1 AND opened < $2 ORDER BY opened LIMIT 10 FOR UPDATE SKIP LOCKED)
        """)
    {
        Parameters = { Scalar.Of(newest.AccountSid), Scalar.Of(newest.Opened - WhatsAppWindow.Length) },
    };
}
