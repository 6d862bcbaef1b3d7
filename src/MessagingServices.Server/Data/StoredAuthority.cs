namespace MessagingServices.Server.Data;

/// <summary>
/// The development CA of the database, the same for all servers. Its key is nowhere else.
/// </summary>
internal sealed class StoredAuthority
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; private init; } = OnlyId;

    /// <summary>The certificate (DER).</summary>
    public byte[] Certificate { get; private init; } = [];

    /// <summary>The private key (PKCS #8).</summary>
    public byte[] PrivateKey { get; private init; } = [];
}
