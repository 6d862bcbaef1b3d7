using System.Globalization;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Messages under way as the version before messages moved in memory has stored them: the same number in each state.
/// The SIDs and tokens of its webhooks do not follow from the messages.
/// </summary>
/// <param name="Service">The Messaging Service of all of them.</param>
/// <param name="From">The sender of those that have one.</param>
/// <param name="CallbackUrl">Where the status callbacks go.</param>
/// <param name="MediaUrl">The media of those that have some.</param>
internal sealed record FormerMessages(string Service, string From, string CallbackUrl, string MediaUrl)
{
    /// <summary>The states, and the status callbacks that the new version must deliver, in order.</summary>
    public static readonly IReadOnlyDictionary<string, string> OwedCallbacks = new Dictionary<string, string>
    {
        ["accepted"] = "queued sent delivered",
        ["scheduled"] = "queued sent delivered",
        // It waits for the throughput of its sender, behind a callback that is not delivered.
        ["waiting"] = "queued sent delivered",
        ["sending"] = "sent delivered",
        // The report on the delivery is due in an hour.
        ["sent"] = "delivered",
        // All callbacks wait.
        ["pending"] = "queued sent delivered",
        // The first callback is in flight, and its server was killed.
        ["claimed"] = "queued sent delivered",
        // The first callback failed, and a user has enqueued it again.
        ["retried"] = "queued sent delivered",
        // The server that fetches the media was killed.
        ["media"] = "sent delivered",
    };

    /// <summary>Stores the messages.</summary>
    public Task<object?> StoreAsync(string connectionString, int ofEachState) => Sql.ScalarAsync(connectionString,
        string.Create(CultureInfo.InvariantCulture,
            $$"""
            CREATE TEMP TABLE state (name text, status text, history text[], callbacks text[], owed int);
            INSERT INTO state VALUES
                ('accepted', 'accepted', '{accepted}', '{}', 0),
                ('scheduled', 'scheduled', '{scheduled}', '{}', 0),
                ('waiting', 'queued', '{accepted,queued}', '{queued}', 1),
                ('sending', 'sending', '{accepted,queued,sending}', '{queued}', 0),
                ('sent', 'sent', '{accepted,queued,sending,sent}', '{queued,sent}', 0),
                ('pending', 'delivered', '{accepted,queued,sending,sent,delivered}', '{queued,sent,delivered}', 3),
                ('claimed', 'delivered', '{accepted,queued,sending,sent,delivered}', '{queued,sent,delivered}', 3),
                ('retried', 'delivered', '{accepted,queued,sending,sent,delivered}', '{queued,sent,delivered}', 3),
                ('media', 'queued', '{accepted,queued}', '{queued}', 0);
            CREATE TEMP TABLE former AS
            SELECT state.*, number, 'SM' || md5(name || number) AS sid, '+1415559' || lpad(number::text, 4, '0') AS "to"
            FROM state CROSS JOIN generate_series(1, {{ofEachState}}) AS number;

            INSERT INTO messages (sid, account_sid, messaging_service_sid, direction, "from", "to", body, media_urls,
                num_segments, status, status_callback, validity_period, send_at, date_created, date_updated, date_sent,
                ended_at, status_changes, options)
            SELECT sid, '{{MessagingServer.AccountSid}}', '{{Service}}', 'outbound_api',
                CASE WHEN status NOT IN ('accepted', 'scheduled') THEN '{{From}}' END, "to", name,
                CASE WHEN name = 'media' THEN ARRAY['{{MediaUrl}}'] ELSE '{}' END, 1, status, '{{CallbackUrl}}', 36000,
                CASE WHEN name = 'scheduled' THEN now() + interval '1 hour' END, now(), now(),
                CASE WHEN status IN ('sent', 'delivered') THEN now() END,
                CASE WHEN status = 'delivered' THEN now() END,
                (SELECT json_agg(json_build_object('status', step, 'date', now())) FROM unnest(history) AS step), 0
            FROM former ORDER BY number, name;

            INSERT INTO message_queue (message_sid, stage, due, has_turn)
            SELECT sid, CASE WHEN name = 'waiting' THEN 'hand_to_carrier' ELSE 'select_sender' END,
                CASE WHEN name = 'accepted' THEN now() ELSE now() + interval '1 hour' END, name = 'waiting'
            FROM former WHERE name IN ('accepted', 'scheduled', 'waiting');

            INSERT INTO media_queue (message_sid, endpoint, due, claimed_by)
            SELECT sid, '{{EndpointOf(MediaUrl)}}', now(), gen_random_uuid() FROM former WHERE name = 'media';

            INSERT INTO carrier_deliveries (message_sid, next_status, final_status, delay_ms, due)
            SELECT sid, CASE WHEN name = 'sent' THEN 'delivered' ELSE 'sent' END, 'delivered', 100,
                now() + interval '1 hour'
            FROM former WHERE name IN ('sending', 'sent');

            INSERT INTO sender_selections (message_sid, chosen, reason, steps)
            SELECT sid, '{{From}}', 'The only one.', '[]' FROM former WHERE 'queued' = ANY (history);

            CREATE TEMP TABLE callback AS
            SELECT former.*, place, event, 'WH' || md5(name || number || event) AS webhook_sid,
                place > cardinality(callbacks) - owed AS is_owed
            FROM former CROSS JOIN unnest(callbacks) WITH ORDINALITY AS callback (event, place);

            INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token,
                date_created, attempts, outcome)
            SELECT webhook_sid, '{{MessagingServer.AccountSid}}', sid, 'status_callback', 'POST', '{{CallbackUrl}}',
                json_build_array(json_build_object('key', 'MessageSid', 'value', sid),
                    json_build_object('key', 'MessageStatus', 'value', event))::text,
                md5(webhook_sid)::uuid, now(), CASE
                WHEN name = 'retried' AND place = 1
                    THEN '[{"date":"2026-01-01T00:00:00+00:00","status_code":500,"error_code":11200,"duration_ms":1}]'
                WHEN is_owed THEN '[]'
                ELSE '[{"date":"2026-01-01T00:00:00+00:00","status_code":204,"duration_ms":1}]' END,
                CASE WHEN is_owed THEN 'pending' ELSE 'delivered' END
            FROM callback ORDER BY number, name, place;

            INSERT INTO webhook_queue (webhook_sid, message_sid, endpoint, claimed_by, claimed_at)
            SELECT webhook_sid, sid, '{{EndpointOf(CallbackUrl)}}',
                CASE WHEN name = 'claimed' AND place = 1 THEN gen_random_uuid() END,
                CASE WHEN name = 'claimed' AND place = 1 THEN now() END
            FROM callback WHERE is_owed ORDER BY number, name, place
            """));

    private static string EndpointOf(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);
}
