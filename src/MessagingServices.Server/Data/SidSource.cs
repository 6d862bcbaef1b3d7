using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MessagingServices.Server.Data;

/// <summary>
/// Draws SIDs and tokens. A SID begins with its time, 48 bits of milliseconds, so that rows written together stand together in every index by
/// SID, however many there are; the other 80 bits are secure random numbers and cannot be guessed.
/// </summary>
/// <param name="real">Real time, not the emulator's, which can stand still.</param>
/// <param name="draw">Draws the 128 bits of SIDs in another way.</param>
internal sealed class SidSource(TimeProvider real, Func<UInt128>? draw = null)
{
    private const int RandomBits = 80;
    private const int Bytes = 16;

    [ThreadStatic]
    private static RandomBuffer? Drawn;

    /// <summary>A new SID with the given prefix; see <see cref="SidPrefix"/>.</summary>
    public Sid New(string prefix) => Sid.Create(prefix, draw?.Invoke() ?? AtThisMoment());

    /// <summary>What stands for a medium in its link; nobody can guess it.</summary>
    public static string NewLinkToken() => RandomNumberGenerator.GetString(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", MmsConverter.TokenLength);

    /// <summary>A new token that tells repeats of one webhook from others.</summary>
    public static Guid NewToken() => Guid.NewGuid();

    private UInt128 AtThisMoment() => ((UInt128)real.GetUtcNow().ToUnixTimeMilliseconds() << RandomBits) | (Random() >> (128 - RandomBits));

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
    private sealed class RandomBuffer
    {
        public byte[] Bytes { get; } = new byte[64 * SidSource.Bytes];

        public int Next { get; set; } = 64 * SidSource.Bytes;
    }
}
