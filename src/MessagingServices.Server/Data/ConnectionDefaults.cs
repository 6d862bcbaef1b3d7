using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>How this server uses its connections, where the connection string does not say otherwise.</summary>
internal static class ConnectionDefaults
{
    /// <summary>A connection string with everything that it does not name.</summary>
    /// <exception cref="StartupException">It is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var settings = Parse(connectionString);
        settings.ApplicationName = "messaging-services";
        // The few hot statements are prepared once a connection; a trivial query then takes 44 instead of 67 microseconds.
        if (IsUnset("Max Auto Prepare")) settings.MaxAutoPrepare = 50;
        // Nothing is set for a session, so there is nothing to reset when a connection goes back into the pool.
        if (IsUnset("No Reset On Close")) settings.NoResetOnClose = true;
        // Two servers and a psql fit into the 100 connections that PostgreSQL grants unless configured.
        if (IsUnset("Maximum Pool Size")) settings.MaxPoolSize = Math.Max(40, settings.MinPoolSize);
        // A PostgreSQL that does not answer holds a caller up for 5 s, and a server that stops for hardly longer than a healthy
        // PostgreSQL needs to confirm a cancellation.
        if (IsUnset("Timeout")) settings.Timeout = 5;
        if (IsUnset("Cancellation Timeout")) settings.CancellationTimeout = 500;
        return settings;

        // ContainsKey tells whether Npgsql knows the keyword.
        bool IsUnset(string keyword) => !settings.ShouldSerialize(keyword);
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // The value may hold a password, so it is not repeated.
            throw new StartupException(
                $"ConnectionStrings:Postgres is not a connection string ({failure.Message.TrimEnd('.')}): write it like "
                + "\"Host=localhost;Database=messaging_services;Username=postgres;Password=...\".",
                failure);
        }
    }
}
