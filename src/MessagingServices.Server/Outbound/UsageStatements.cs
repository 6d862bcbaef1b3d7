namespace MessagingServices.Server.Outbound;

/// <summary>The SQL that groups messages by what they count as.</summary>
internal static class UsageStatements
{
    /// <summary>
    /// The columns <c>kind</c>, <c>is_inbound</c> and <c>is_short_code</c> of a row of messages; it follows the row
    /// behind a comma. An address of the account is the sender, or of an inbound message the recipient.
    /// </summary>
    public const string Facts =
        """
        LATERAL (SELECT direction = 'inbound' AS is_inbound) AS flow,
        LATERAL (SELECT CASE WHEN is_inbound THEN "to" ELSE "from" END AS own) AS address,
        LATERAL (SELECT own ~ '^[0-9]+$' AS is_short_code, CASE
            WHEN own LIKE 'whatsapp:%' THEN 'whatsapp'
            WHEN own LIKE 'rcs:%' THEN 'rcs'
            WHEN left(sid, 2) = 'MM' AND sent_body IS NULL THEN 'mms'
            ELSE 'sms' END AS kind) AS place
        """;

    /// <summary>
    /// Keeps the usage of messages that the statement deletes. They are the rows of <c>removed</c>, with all columns.
    /// </summary>
    // In one order, so that two transactions with several days do not wait for each other.
    public const string KeepRemoved =
        $"""
        INSERT INTO removed_usage (account_sid, day, kind, is_inbound, is_short_code, count, segments, price)
        SELECT account_sid, (date_sent AT TIME ZONE 'UTC')::date, kind, is_inbound, is_short_code,
            count(*), coalesce(sum(num_segments), 0), coalesce(-sum(price), 0)
        FROM removed, {Facts} WHERE date_sent IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (account_sid, day, kind, is_inbound, is_short_code) DO UPDATE
        SET count = removed_usage.count + excluded.count, segments = removed_usage.segments + excluded.segments,
            price = removed_usage.price + excluded.price
        """;
}
