using System.Globalization;

namespace MessagingServices.Testing;

/// <summary>
/// Numbers that nobody has: 555-0100 to 555-0199, which North America keeps for fiction, in one area code after
/// another. They come in the same order for each account, so that faults by chance hit the same numbers in each run.
/// </summary>
internal sealed class FreshNumbers
{
    private const int PerArea = 100;

    private static readonly int[] Areas =
    [
        202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 216, 217, 218, 219, 224, 225, 228, 229, 231,
        234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 303, 304,
        305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330, 331, 334,
        336, 337, 339, 347, 351, 352, 360, 361, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413,
        414, 417, 419, 423, 424, 425, 432, 434, 435, 440, 443, 469, 478, 479, 480, 484, 501, 502, 503, 504,
    ];

    private int count;

    /// <summary>The next number, in E.164.</summary>
    public string Next()
    {
        var index = Interlocked.Increment(ref count) - 1;
        if (index >= Areas.Length * PerArea)
        {
            throw new EmulatorException(
                $"An account has {Areas.Length * PerArea} fresh numbers, and all are taken: name one yourself.");
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"+1{Areas[index / PerArea]}5550{100 + (index % PerArea)}");
    }
}
