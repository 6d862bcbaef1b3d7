using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>
/// The effect of keywords. By default they work for phone numbers and RCS senders, and for short codes in a Messaging
/// Service, but not for WhatsApp senders. With <see cref="AdvancedOptOut"/> they work for all senders of the pool. A
/// handset opts out of the whole Messaging Service, or of a sender without one. The network of toll-free numbers blocks
/// the number in addition.
/// </summary>
/// <remarks>
/// The documentation does not define these cases: a second STOP gets no reply, and HELP gets none after an opt-out. YES
/// is also an ordinary reply, so it is a keyword only after an opt-out. START and UNSTOP always get a reply.
/// </remarks>
public static class KeywordRules
{
    /// <summary>The effect of a text; null if it is not a keyword.</summary>
    public static KeywordEffect? Apply(ReceivedText text)
    {
        if (!OptOutKeywords.TryRead(text.Body, out var word)) return null;
        var match = text.IsAdvanced ? text.Advanced!.Match(word, text.Country) : DefaultMatch(text, word);
        if (match is null) return null;
        return match.Type switch
        {
            OptOutType.Stop => OptOut(text, word, match.Reply),
            OptOutType.Start => OptIn(text, word, match.Reply),
            OptOutType.Help =>
                Effect(text, OptOutType.Help, [], [], Scopes(text).Any(text.OptedOutOf.Contains) ? "" : match.Reply),
        };
    }

    private static KeywordMatch? DefaultMatch(ReceivedText text, string word) => text.Receiver.Type switch
    {
        SenderType.LongCode or SenderType.Rcs => OptOutKeywords.Default.Match(word),
        SenderType.ShortCode => text.Service is null ? null : OptOutKeywords.Default.Match(word),
        // The network sends its own replies.
        SenderType.TollFree => OptOutKeywords.TypeAtNetwork(word) is { } type ? new(type, "")
            : OptOutKeywords.Default.Match(word) is { Type: OptOutType.Help } help ? help : null,
        SenderType.WhatsApp or SenderType.Alphanumeric => null,
    };

    private static KeywordEffect OptOut(ReceivedText text, string word, string reply)
    {
        if (text.Receiver.Type != SenderType.TollFree)
        {
            var added = New(text.Service ?? text.Receiver.Address);
            return Effect(text, OptOutType.Stop, added, [], added.Count > 0 ? reply : "");
        }

        var isBlocked = IsBlocked(text);
        List<string> ofService = text.IsAdvanced ? New(text.Service!) : [];
        if (OptOutKeywords.TypeAtNetwork(word) is null)
            return Effect(text, OptOutType.Stop, ofService, [], ofService.Count > 0 && !isBlocked ? reply : "");
        return Effect(text, OptOutType.Stop, [.. New(text.Receiver.Address), .. ofService], [],
            isBlocked ? "" : OptOutKeywords.BlockedByNetwork(word));

        List<string> New(string scope) => text.OptedOutOf.Contains(scope) ? [] : [scope];
    }

    private static KeywordEffect? OptIn(ReceivedText text, string word, string reply)
    {
        var isTollFree = text.Receiver.Type == SenderType.TollFree;
        var asksNetwork = isTollFree && OptOutKeywords.TypeAtNetwork(word) == OptOutType.Start;
        // Only the network can remove its own block.
        var removed = Scopes(text).Where(text.OptedOutOf.Contains)
            .Where(scope => !isTollFree || asksNetwork || scope != text.Receiver.Address).ToList();
        if (removed.Count == 0 && word.Is(OptOutKeywords.Yes)) return null;
        if (asksNetwork)
            return Effect(text, OptOutType.Start, [], removed, OptOutKeywords.UnblockedByNetwork(word), reply);
        return Effect(text, OptOutType.Start, [], removed, isTollFree && IsBlocked(text) ? "" : reply);
    }

    private static KeywordEffect Effect(
        ReceivedText text, OptOutType type, IReadOnlyList<string> added, IReadOnlyList<string> removed,
        params IEnumerable<string> replies) =>
        new(type, text.IsAdvanced, added, removed, [.. replies.Where(reply => reply.Length > 0)]);

    private static bool IsBlocked(ReceivedText text) => text.OptedOutOf.Contains(text.Receiver.Address);

    private static IEnumerable<string> Scopes(ReceivedText text) =>
        text.Service is { } service ? [service, text.Receiver.Address] : [text.Receiver.Address];
}
