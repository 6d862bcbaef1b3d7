namespace MessagingServices.Server.Data;

/// <summary>That the database has had its chance of a seed. One row, shared by all servers: who deletes everything does not get it back.</summary>
internal sealed class SeedApplication
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; private init; } = OnlyId;

    /// <summary>When servers first came to the database with a seed; it is applied then unless the database was in use already.</summary>
    public DateTimeOffset DateApplied { get; private init; }
}
