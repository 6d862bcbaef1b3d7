using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Carriers;

/// <summary>A message's place in the draw of a rule that applies to a percentage: so it has the same luck whenever it is asked about.</summary>
/// <param name="RuleSid">The rule.</param>
/// <param name="MessageSid">The message, which may be removed by now.</param>
/// <param name="Recipient">Its recipient's number, without a channel.</param>
/// <param name="Number">The how-manieth message to the recipient it is that the rule matches, from 1.</param>
public sealed record CarrierRuleSample(Sid RuleSid, Sid MessageSid, string Recipient, long Number)
{
    /// <summary>The smallest step of a percentage, in parts of one: a hundredth of a per cent.</summary>
    private const uint Steps = 10_000;

    /// <summary>
    /// Whether a rule applies to a recipient's message of this number. Nothing else counts, so runs repeat though SIDs, times and texts differ
    /// and whatever servers the messages go through; and a higher percentage adds messages to those of a lower one.
    /// </summary>
    /// <param name="seed">The rule's seed.</param>
    /// <param name="percent">The rule's percentage, 0 to 100, in steps of 0.01.</param>
    /// <param name="recipient">The recipient's number.</param>
    /// <param name="number">The message's number.</param>
    public static bool Hits(int seed, decimal percent, string recipient, long number)
    {
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {recipient} {number}")));
        return BinaryPrimitives.ReadUInt64BigEndian(drawn) % Steps < percent * Steps / 100;
    }
}
