using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>The bytes of media.</summary>
/// <remarks>
/// They are stored uncompressed, so that a piece is read without what stands before it. Each piece is a query of its own: a slow reader
/// holds no connection, and nobody holds a whole medium in memory.
/// </remarks>
internal static class MediaBytes
{
    /// <summary>A new medium; written once and never changed.</summary>
    public static NpgsqlBatchCommand Insert(StoredMedia media, ReadOnlyMemory<byte> bytes) => new(
        """
        INSERT INTO media (sid, message_sid, account_sid, content_type, date_created, link_token, link_expires, bytes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = media.Sid.Value },
            new NpgsqlParameter<string> { TypedValue = media.MessageSid.Value },
            new NpgsqlParameter<string> { TypedValue = media.AccountSid.Value },
            new NpgsqlParameter<string> { TypedValue = media.ContentType },
            new NpgsqlParameter<DateTime> { TypedValue = media.DateCreated.UtcDateTime },
            new NpgsqlParameter { Value = (object?)media.LinkToken ?? DBNull.Value, DbType = DbType.String },
            new NpgsqlParameter { Value = (object?)media.LinkExpires?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
        },
    };

    /// <summary>Takes media that are not there out of what a message names.</summary>
    public static NpgsqlBatchCommand Keep(Sid message, string[] urls) => new("UPDATE messages SET media_urls = $2 WHERE sid = $1")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = message.Value }, new NpgsqlParameter<string[]> { TypedValue = urls } },
    };

    // One row holds what describes a medium and its bytes, which EF Core would not delete by either class.
    /// <summary>Deletes a medium; false when it is not stored any more.</summary>
    public static async Task<bool> DeleteMediaAsync(this MessagingDb db, Sid media, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync($"DELETE FROM media WHERE sid = {media.Value}", cancellation) > 0;

    /// <summary>Deletes the media of a message.</summary>
    public static Task DeleteMediaOfAsync(this MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM media WHERE message_sid = {message.Value}", cancellation);

    /// <summary>How many bytes a medium has; null when it is not stored any more.</summary>
    public static async Task<int?> CountMediaBytesAsync(this NpgsqlDataSource database, Sid media, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT octet_length(bytes) FROM media WHERE sid = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = media.Value });
        return (int?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Reads up to <paramref name="most"/> bytes from a place on, the first being 0; null when the medium is not stored any more.</summary>
    public static async Task<byte[]?> ReadMediaBytesAsync(
        this NpgsqlDataSource database, Sid media, int from, int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT substring(bytes FROM $2 FOR $3) FROM media WHERE sid = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = media.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from + 1 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }
}
