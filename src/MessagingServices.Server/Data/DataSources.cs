using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Makes the sources of connections.</summary>
internal static class DataSources
{
    /// <summary>
    /// Makes a source for the types of the schema: those of PostgreSQL itself, and arrays of them. The first connection
    /// would read all types of the database, and Npgsql's other builder brings along mappings that nothing uses:
    /// together 7 % of the time until the server is ready.
    /// </summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="loggers">For the logs of Npgsql; null for none.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static NpgsqlDataSource Create(string connectionString, ILoggerFactory? loggers = null)
    {
        var source = new NpgsqlSlimDataSourceBuilder(connectionString);
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        source.EnableArrays();
        source.EnableTransportSecurity();
        source.EnableIntegratedSecurity();
        source.UseLoggerFactory(loggers);
        return source.Build();
    }
}
