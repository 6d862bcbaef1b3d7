using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>How <see cref="MessagingDb"/> talks to PostgreSQL.</summary>
internal static class MessagingDbOptions
{
    public static DbContextOptionsBuilder<MessagingDb> UseMessagingPostgres(
        this DbContextOptionsBuilder<MessagingDb> options, NpgsqlDataSource dataSource)
    {
        options.UseNpgsql(dataSource).UseSnakeCaseNamingConvention();
        return options;
    }

    public static DbContextOptionsBuilder<MessagingDb> UseMessagingPostgres(
        this DbContextOptionsBuilder<MessagingDb> options, NpgsqlConnection connection)
    {
        options.UseNpgsql(connection).UseSnakeCaseNamingConvention();
        return options;
    }

    public static DbContextOptionsBuilder<MessagingDb> UseMessagingPostgres(
        this DbContextOptionsBuilder<MessagingDb> options, string connectionString)
    {
        options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention();
        return options;
    }
}
