using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>The server's defaults for keywords that the connection string does not set.</summary>
internal static class ConnectionDefaults
{
    /// <summary>Adds the defaults to a connection string.</summary>
    /// <exception cref="StartupException">The text is not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var settings = Parse(connectionString);
        settings.ApplicationName = "messaging-services";
        // Npgsql prepares the frequent statements once for a connection. A trivial query then takes 44 us instead of
        // 67 us.
        if (IsUnset("Max Auto Prepare")) settings.MaxAutoPrepare = 50;
        // The server changes no session settings, so a connection that returns to the pool needs no reset.
        if (IsUnset("No Reset On Close")) settings.NoResetOnClose = true;
        // PostgreSQL allows 100 connections by default. Two servers and a psql fit into them.
        if (IsUnset("Maximum Pool Size")) settings.MaxPoolSize = Math.Max(40, settings.MinPoolSize);
        // If PostgreSQL does not respond, a caller waits 5 s. A stopping server waits 0.5 s, slightly longer than a
        // healthy PostgreSQL needs to confirm a cancellation.
        if (IsUnset("Timeout")) settings.Timeout = 5;
        if (IsUnset("Cancellation Timeout")) settings.CancellationTimeout = 500;
        // With several hosts: after a failover, Npgsql would take the new primary for a standby for up to 10 s.
        if (IsUnset("Host Recheck Seconds")) settings.HostRecheckSeconds = 1;
        return settings;

        // ContainsKey would only report whether Npgsql knows the keyword.
        bool IsUnset(string keyword) => !settings.ShouldSerialize(keyword);
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new(connectionString);
        }
        catch (Exception failure)
            when (failure is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // The value may contain a password, so the message does not repeat it.
            throw new StartupException(
                $"ConnectionStrings:Postgres is not a connection string ({failure.Message.TrimEnd('.')}): "
                + "write it like \"Host=localhost;Database=messaging_services;Username=postgres;Password=...\".",
                failure);
        }
    }
}
