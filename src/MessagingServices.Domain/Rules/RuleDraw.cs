using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Rules;

/// <summary>The draw of a rule with a percentage: to which of its matches the rule applies.</summary>
public static class RuleDraw
{
    /// <summary>The number of steps from 0 to 100 per cent.</summary>
    private const uint Steps = 10_000;

    /// <summary>
    /// Whether the rule applies to the match with this number. The result depends only on the parameters, so test runs
    /// repeat, on any number of servers. A higher percentage selects all matches of a lower one, and more.
    /// </summary>
    /// <param name="seed">The rule's seed.</param>
    /// <param name="percent">The rule's percentage, 0 to 100, in steps of 0.01.</param>
    /// <param name="recipient">
    /// Whose matches are counted together: the recipient's number, without a channel prefix.
    /// </param>
    /// <param name="number">The count of matches of this recipient, with this one: from 1.</param>
    public static bool IsSelected(int seed, decimal percent, string recipient, long number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{seed} {recipient} {number}");
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return BinaryPrimitives.ReadUInt64BigEndian(drawn) % Steps < percent * Steps / 100;
    }
}
