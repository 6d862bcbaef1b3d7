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
