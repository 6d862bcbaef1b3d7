using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Carriers;
using Npgsql;
using static MessagingServices.Server.Persistence.Batches.Columns;

namespace MessagingServices.Server.Persistence.Batches;

/// <summary>What the simulated carrier has on its way.</summary>
internal static class CarrierCommands
{
    // A message that was removed between its claim and its hand-over is not on its way.
    public static NpgsqlBatchCommand Insert(IReadOnlyList<CarrierDelivery> deliveries) => Over(
        """
        INSERT INTO carrier_deliveries (message_sid, next_status, due)
        SELECT * FROM unnest($1, $2, $3) AS row (message_sid, next_status, due)
        WHERE EXISTS (SELECT FROM messages WHERE sid = row.message_sid)
        ON CONFLICT (message_sid) DO NOTHING
        """, deliveries,
        Sids<CarrierDelivery>(d => d.MessageSid),
        Text<CarrierDelivery>(d => EnumNames<MessageStatus>.Of(d.NextStatus)),
        Times<CarrierDelivery>(d => d.Due));

    public static NpgsqlBatchCommand Update(IReadOnlyList<CarrierDelivery> deliveries) => Over(
        """
        UPDATE carrier_deliveries SET next_status = row.next_status, due = row.due
        FROM unnest($1, $2, $3) AS row (message_sid, next_status, due) WHERE carrier_deliveries.message_sid = row.message_sid
        """, deliveries,
        Sids<CarrierDelivery>(d => d.MessageSid),
        Text<CarrierDelivery>(d => EnumNames<MessageStatus>.Of(d.NextStatus)),
        Times<CarrierDelivery>(d => d.Due));

    public static NpgsqlBatchCommand Delete(IReadOnlyList<Sid> messages) => Over(
        "DELETE FROM carrier_deliveries WHERE message_sid = ANY ($1)", messages,
        Sids<Sid>(sid => sid));
}
