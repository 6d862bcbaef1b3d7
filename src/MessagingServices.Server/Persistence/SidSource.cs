using System.Security.Cryptography;
using MessagingServices.Domain;
using MessagingServices.Domain.Media;

namespace MessagingServices.Server.Persistence;

/// <summary>Draws SIDs and tokens from the operating system's secure random numbers.</summary>
/// <param name="draw">Draws the 128 bits of SIDs in another way.</param>
public sealed class SidSource(Func<UInt128>? draw = null)
{
    /// <summary>A new SID with the given prefix; see <see cref="SidPrefix"/>.</summary>
    public Sid New(string prefix) => Sid.Create(prefix, draw?.Invoke() ?? Random());

    /// <summary>What stands for a medium in its link; nobody can guess it.</summary>
    public string NewLinkToken() => RandomNumberGenerator.GetString(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", MmsConverter.TokenLength);

    /// <summary>A new token that tells repeats of one webhook from others.</summary>
    public Guid NewToken() => Guid.NewGuid();

    private static UInt128 Random()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
