using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// A message's sample number for a rule with a percentage. It makes the result equal each time the rule is evaluated.
/// </summary>
/// <param name="MessageSid">The message. It may have been removed.</param>
/// <param name="Recipient">The recipient's number, without a channel prefix.</param>
/// <param name="Number">The count of messages to this recipient that the rule has matched, from 1.</param>
public sealed record CarrierRuleSample(Sid RuleSid, Sid MessageSid, string Recipient, long Number)
{
    /// <summary>The number of steps from 0 to 100 per cent.</summary>
    private const uint Steps = 10_000;

    /// <summary>
    /// Whether the rule applies to the message with this number. The result depends only on the parameters, so test
    /// runs repeat, on any number of servers. A higher percentage selects all messages of a lower one, and more.
    /// </summary>
    /// <param name="seed">The rule's seed.</param>
    /// <param name="percent">The rule's percentage, 0 to 100, in steps of 0.01.</param>
    /// <param name="recipient">The recipient's number, without a channel prefix.</param>
    /// <param name="number">The <see cref="Number"/> of the sample.</param>
    public static bool IsSelected(int seed, decimal percent, string recipient, long number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{seed} {recipient} {number}");
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return BinaryPrimitives.ReadUInt64BigEndian(drawn) % Steps < percent * Steps / 100;
    }
}
