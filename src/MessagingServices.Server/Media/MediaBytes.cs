using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>Reads and deletes the stored bytes of media items.</summary>
/// <remarks>
/// The bytes are stored uncompressed, so the database reads a part without the bytes before it. Each part is one query.
/// So a slow client holds no connection, and a media item is never in memory as a whole.
/// </remarks>
internal static class MediaBytes
{
    // SQL, because EF Core maps two classes to one row: the description of a media item and its bytes.
    /// <summary>Deletes a media item. Returns false when it does not exist any more.</summary>
    public static async Task<bool> DeleteMediaAsync(this MessagingDb db, Sid media, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync($"DELETE FROM media WHERE sid = {media.Value}", cancellation) > 0;

    /// <summary>Deletes the media of a message.</summary>
    public static Task DeleteMediaOfAsync(this MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM media WHERE message_sid = {message.Value}", cancellation);

    /// <summary>Returns the number of bytes; null when the media item does not exist any more.</summary>
    public static async Task<int?> CountMediaBytesAsync(
        this NpgsqlDataSource database, Sid media, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT octet_length(bytes) FROM media WHERE sid = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = media.Value });
        return (int?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Reads a part of the bytes; null when the media item does not exist any more.</summary>
    /// <param name="offset">The first byte has the offset 0.</param>
    /// <param name="maxBytes">The result is shorter at the end of the media item.</param>
    public static async Task<byte[]?> ReadMediaBytesAsync(
        this NpgsqlDataSource database, Sid media, int offset, int maxBytes, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "SELECT substring(bytes FROM $2 FOR $3) FROM media WHERE sid = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = media.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = offset + 1 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = maxBytes });
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }
}
