using System.Security.Cryptography;
using MessagingServices.Domain;

namespace MessagingServices.Server.Persistence;

/// <summary>Draws SIDs and tokens from the operating system's secure random numbers.</summary>
public sealed class SidSource
{
    /// <summary>A new SID with the given prefix; see <see cref="SidPrefix"/>.</summary>
    public Sid New(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Sid.Create(prefix, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>A new token that tells repeats of one webhook from others.</summary>
    public Guid NewToken() => Guid.NewGuid();
}
