using Npgsql;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Single statements, each on a connection of its own.</summary>
internal static class Sql
{
    public static async Task<object?> ScalarAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
