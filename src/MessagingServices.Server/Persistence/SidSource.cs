using System.Buffers.Binary;
using System.Security.Cryptography;
using MessagingServices.Domain;

namespace MessagingServices.Server.Persistence;

/// <summary>Draws SIDs and tokens from the operating system's secure random numbers.</summary>
/// <param name="draw">Draws the 128 bits of SIDs in another way.</param>
public sealed class SidSource(Func<UInt128>? draw = null)
{
    private const int Bytes = 16;

    [ThreadStatic]
    private static DrawnAhead? Drawn;

    /// <summary>A new SID with the given prefix; see <see cref="SidPrefix"/>.</summary>
    public Sid New(string prefix) => Sid.Create(prefix, draw?.Invoke() ?? Random());

    /// <summary>A new token that tells repeats of one webhook from others.</summary>
    public Guid NewToken() => Guid.NewGuid();

    private static UInt128 Random()
    {
        var drawn = Drawn ??= new();
        if (drawn.Next == drawn.Bytes.Length)
        {
            RandomNumberGenerator.Fill(drawn.Bytes);
            drawn.Next = 0;
        }

        var bytes = drawn.Bytes.AsSpan(drawn.Next, Bytes);
        drawn.Next += Bytes;
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>What a thread has drawn ahead: asking for 16 bytes costs nearly as much as asking for hundreds.</summary>
    private sealed class DrawnAhead
    {
        public byte[] Bytes { get; } = new byte[64 * SidSource.Bytes];

        public int Next { get; set; } = 64 * SidSource.Bytes;
    }
}
