namespace MessagingServices.Domain.Extracts;

/// <summary>Orders links: people open what asks them to do something before imprints and unsubscriptions.</summary>
internal static class LinkRanking
{
    private static readonly string[] Actions =
    [
        "verif", "confirm", "login", "signin", "sign-in", "log-in", "magic", "auth", "activate", "reset", "token",
        "invite", "otp", "code=",
    ];

    private static readonly string[] Notes =
    [
        "unsubscribe", "optout", "opt-out", "privacy", "terms", "legal", "imprint", "impressum", "datenschutz", "help",
        "support", "faq",
    ];

    /// <summary>The links that can be opened, best first, each once.</summary>
    public static IReadOnlyList<string> Rank(IReadOnlyList<FoundLink> links) =>
    [
        .. links.Where(link => link.Kind is not LinkKind.Other).OrderByDescending(Rank).Select(link => link.Value)
            .Distinct(StringComparer.Ordinal),
    ];

    private static int Rank(FoundLink link)
    {
        if (Notes.Any(word => link.Value.Contains(word, StringComparison.OrdinalIgnoreCase))) return 0;
        if (link.Kind is LinkKind.Bare) return 1;
        return Actions.Any(word => link.Value.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 3 : 2;
    }
}
