using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.OptOuts;

/// <summary>
/// The default keywords and replies. A keyword is the whole text of a message, without surrounding white space, in any
/// case: "STOP PLEASE" and "STOP." are not keywords. Sources: https://help.twilio.com/articles/223134027 and, for
/// toll-free numbers, https://help.twilio.com/articles/223181828.
/// </summary>
public static class OptOutKeywords
{
    internal const string Stop = "STOP", Start = "START", Unstop = "UNSTOP", Yes = "YES", Help = "HELP";

    /// <summary>
    /// The keywords that every standard set of an <see cref="AdvancedOptOut"/> contains. Their types cannot be changed.
    /// </summary>
    public static readonly IReadOnlyList<(OptOutType Type, string Keyword)> Fixed =
        [(OptOutType.Stop, Stop), (OptOutType.Start, Start), (OptOutType.Start, Unstop), (OptOutType.Help, Help)];

    /// <summary>The default keywords with their replies.</summary>
    public static readonly KeywordSet Default = new()
    {
        OptOutKeywords = [Stop, "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"],
        OptInKeywords = [Start, Yes, Unstop],
        HelpKeywords = [Help, "INFO"],
        OptOutReply =
            "You have successfully been unsubscribed. You will not receive any more messages from this number. "
            + "Reply START to resubscribe.",
        OptInReply =
            "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
            + "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
        HelpReply = "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    };

    /// <summary>
    /// Reads a text as a possible keyword: without surrounding white space. False if it is empty or too long for a
    /// keyword.
    /// </summary>
    public static bool TryRead(string body, [NotNullWhen(true)] out string? keyword)
    {
        var word = body.AsSpan().Trim();
        keyword = word.Length is > 0 and <= KeywordSet.MaxKeywordLength ? word.ToString() : null;
        return keyword is not null;
    }

    /// <summary>Whether two keywords are equal without case.</summary>
    internal static bool Is(this string keyword, string other) =>
        string.Equals(keyword, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The effect of a keyword on the network of toll-free numbers: STOP blocks a number, START and UNSTOP unblock it.
    /// It cannot be configured.
    /// </summary>
    internal static OptOutType? TypeAtNetwork(string keyword) =>
        keyword.Is(Stop) ? OptOutType.Stop : keyword.Is(Start) || keyword.Is(Unstop) ? OptOutType.Start : null;

    /// <summary>The network's reply to STOP. It contains the word of the message in lower case.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase",
        Justification = "It is shown, not compared.")]
    internal static string BlockedByNetwork(string keyword) =>
        $"NETWORK MSG: You replied with the word \"{keyword.ToLowerInvariant()}\" which blocks all texts sent from "
        + "this number. "
        + "Text back \"unstop\" to receive messages again.";

    /// <summary>The network's reply to START and UNSTOP. It contains the word of the message in lower case.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase",
        Justification = "It is shown, not compared.")]
    internal static string UnblockedByNetwork(string keyword) =>
        $"NETWORK MSG: You have replied \"{keyword.ToLowerInvariant()}\" and will begin receiving messages again "
        + "from this number.";
}
