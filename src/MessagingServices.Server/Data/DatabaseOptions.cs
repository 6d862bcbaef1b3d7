using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Server.Data;

/// <summary>The database that the server is given.</summary>
[Section("ConnectionStrings", "The database.", See = "deployment.md#your-own-postgresql", AllowsOtherKeys = true)]
internal sealed class DatabaseOptions
{
    [Setting("The PostgreSQL to use. Several servers may share one. Unset: the server runs a private one. The server "
        + "uses `Maximum Pool Size=40` (connections of one server), `Timeout=5`, `Cancellation Timeout=500`, `Max Auto "
        + "Prepare=50`, `Host Recheck Seconds=1` and `No Reset On Close=true` unless the connection string names them.",
        Default = "unset",
        Values = "a [connection string of Npgsql](https://www.npgsql.org/doc/connection-string-parameters.html)")]
    public string? Postgres { get; init; }

    /// <summary>Whether the server runs a private PostgreSQL.</summary>
    [MemberNotNullWhen(false, nameof(Postgres))]
    internal bool IsPrivate() => string.IsNullOrWhiteSpace(Postgres);
}
