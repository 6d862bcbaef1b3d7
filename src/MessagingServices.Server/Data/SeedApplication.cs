namespace MessagingServices.Server.Data;

/// <summary>
/// Records that servers have tried to apply the seed to this database. All servers share the single row, so a user who
/// deletes everything does not get the seed again.
/// </summary>
internal sealed class SeedApplication
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; private init; } = OnlyId;

    /// <summary>
    /// When a server first opened the database with a seed. The server applied the seed then, unless the database was
    /// in use.
    /// </summary>
    public DateTimeOffset DateApplied { get; private init; }
}
