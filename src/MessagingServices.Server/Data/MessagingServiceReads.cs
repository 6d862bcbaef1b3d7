using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Reads Messaging Services as they are cached. Without EF Core, since the first message of each start waits for it.
/// </summary>
internal static class MessagingServiceReads
{
    private const string Sql =
        """
        SELECT sid, account_sid, friendly_name, date_created, date_updated, inbound_request_url, inbound_method,
            fallback_url, fallback_method, status_callback, sticky_sender, mms_converter, smart_encoding,
            scan_message_content, fallback_to_long_code, area_code_geomatch, validity_period, synchronous_validation,
            usecase, use_inbound_webhook_on_number, autocreates_conversations
        FROM messaging_services WHERE sid = ANY ($1) AND account_sid = ANY ($2)
        """;

    /// <summary>Reads Messaging Services, without their ordinals, and without those that do not exist.</summary>
    /// <param name="database">The database.</param>
    /// <param name="sids">Their SIDs.</param>
    /// <param name="accounts">The accounts that they may belong to.</param>
    public static async Task<IReadOnlyList<MessagingService>> ReadMessagingServicesAsync(
        this NpgsqlDataSource database, IEnumerable<Sid> sids, IEnumerable<Sid> accounts)
    {
        await using var read = database.CreateCommand(Sql);
        read.Parameters.Add(Scalar.Of([.. sids.Select(sid => sid.Value)]));
        read.Parameters.Add(Scalar.Of([.. accounts.Select(sid => sid.Value)]));
        await using var reader = await read.ExecuteReaderAsync();
        List<MessagingService> services = [];
        while (await reader.ReadAsync()) services.Add(Read(reader));
        return services;
    }

    private static MessagingService Read(NpgsqlDataReader row)
    {
        var service = new MessagingService(
            Sid.Parse(row.GetString(0)), Sid.Parse(row.GetString(1)), row.GetString(2),
            row.GetFieldValue<DateTimeOffset>(3))
        {
            DateUpdated = row.GetFieldValue<DateTimeOffset>(4),
            InboundRequestUrl = TextOrNull(5),
            InboundMethod = row.GetString(6),
            FallbackUrl = TextOrNull(7),
            FallbackMethod = row.GetString(8),
            StatusCallback = TextOrNull(9),
            StickySender = row.GetBoolean(10),
            MmsConverter = row.GetBoolean(11),
            SmartEncoding = row.GetBoolean(12),
            ScanMessageContent = EnumNames<ScanMessageContent>.Parse(row.GetString(13)),
            FallbackToLongCode = row.GetBoolean(14),
            AreaCodeGeomatch = row.GetBoolean(15),
            ValidityPeriod = row.GetInt32(16),
            SynchronousValidation = row.GetBoolean(17),
            Usecase = EnumNames<Usecase>.Parse(row.GetString(18)),
            UseInboundWebhookOnNumber = row.GetBoolean(19),
        };
        if (row.GetBoolean(20)) service.HandleInbound(InboundHandling.Conversation);
        return service;

        string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
