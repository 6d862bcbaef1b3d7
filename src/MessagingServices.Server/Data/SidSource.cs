using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MessagingServices.Server.Data;

/// <summary>
/// Generates SIDs and tokens. The first 48 bits of a SID are its time in milliseconds. Rows written together are
/// therefore adjacent in every index by SID. The other 80 bits are cryptographically random, so a SID cannot be
/// guessed.
/// </summary>
/// <param name="real">Real time. The emulator's clock does not fit, because it can be frozen.</param>
/// <param name="generate">Generates the 128 bits of a SID; null for the scheme above.</param>
internal sealed class SidSource(TimeProvider real, Func<UInt128>? generate = null)
{
    private const int RandomBits = 80;
    private const int Bytes = 16;

    [ThreadStatic]
    private static RandomBuffer? buffer;

    /// <summary>Generates a SID with the given prefix; see <see cref="SidPrefix"/>.</summary>
    public Sid New(string prefix) => Sid.Create(prefix, generate?.Invoke() ?? TimeOrdered());

    /// <summary>Generates the secret token of a media link.</summary>
    public static string NewLinkToken() => RandomNumberGenerator.GetString(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", MmsConverter.TokenLength);

    /// <summary>Generates a token that all attempts of one webhook share.</summary>
    public static Guid NewToken() => Guid.NewGuid();

    private UInt128 TimeOrdered() =>
        ((UInt128)real.GetUtcNow().ToUnixTimeMilliseconds() << RandomBits) | (Random() >> (128 - RandomBits));

    private static UInt128 Random()
    {
        var random = buffer ??= new();
        if (random.Next == random.Bytes.Length)
        {
            RandomNumberGenerator.Fill(random.Bytes);
            random.Next = 0;
        }

        var bytes = random.Bytes.AsSpan(random.Next, Bytes);
        random.Next += Bytes;
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>
    /// Random bytes of one thread, generated in advance. Generating 16 bytes costs nearly as much as generating
    /// hundreds.
    /// </summary>
    private sealed class RandomBuffer
    {
        public byte[] Bytes { get; } = new byte[64 * SidSource.Bytes];

        public int Next { get; set; } = 64 * SidSource.Bytes;
    }
}
