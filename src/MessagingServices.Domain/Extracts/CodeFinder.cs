namespace MessagingServices.Domain.Extracts;

/// <summary>Finds the one-time codes of a text.</summary>
internal static class CodeFinder
{
    private const int UsualLength = 6;
    private const int MaxWordsBetweenListed = 2;

    /// <summary>The codes, best first, each once.</summary>
    public static IReadOnlyList<string> Find(TextTokens tokens)
    {
        var message = MessageWords.Of(tokens);
        List<CodeCandidate> candidates = [.. CodeCandidates.Of(tokens)];
        List<RankedCode> found = [];
        foreach (var candidate in candidates)
            if (CodeRanking.Rank(tokens, message, candidate) is { Rank: > CodeRank.None } code) found.Add(code);
        if (found.Count == 0 || IsAnyOfMany(candidates, found)) return [];
        return
        [
            .. Best(tokens, found).OrderByDescending(code => code.Rank).ThenBy(code => code.Distance)
                .ThenByDescending(code => code.Candidate.Value.Length == UsualLength)
                .ThenBy(code => code.Candidate.First).Select(code => code.Candidate.Value).Distinct(),
        ];
    }

    /// <summary>Whether nothing says which of several numbers is a code, or that any is.</summary>
    private static bool IsAnyOfMany(List<CodeCandidate> candidates, List<RankedCode> found) =>
        found.TrueForAll(code => code.Rank is CodeRank.AnyText)
        && candidates.Count(candidate => candidate.Form is CodeForm.Usual) > 1;

    /// <summary>
    /// All codes that have a name; and those in a list with such a code, as in "Your codes: 123456, 234567". Without a
    /// name, those of the best rank.
    /// </summary>
    private static IEnumerable<RankedCode> Best(TextTokens tokens, List<RankedCode> found)
    {
        var best = found.Max(code => code.Rank);
        CodeCandidate? named = null;
        foreach (var code in found)
        {
            if (code.Rank >= CodeRank.Entered || IsListed(tokens, code.Candidate, named)) named = code.Candidate;
            else if (code.Rank < best) continue;
            yield return code;
        }
    }

    private static bool IsListed(TextTokens tokens, CodeCandidate candidate, CodeCandidate? named) =>
        named is not null && named.Form == candidate.Form && named.Value.Length == candidate.Value.Length
        && tokens.Distance(named.Last, candidate.First) <= MaxWordsBetweenListed;
}
