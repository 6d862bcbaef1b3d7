namespace MessagingServices.Domain.Extracts;

/// <summary>How sure it is that a candidate is a code, surest last.</summary>
internal enum CodeRank
{
    None,

    /// <summary>A number of usual length in a text that says nothing against it.</summary>
    AnyText,

    /// <summary>A number with nearly nothing beside it.</summary>
    ShortText,

    /// <summary>A number in a text about signing in.</summary>
    AuthText,

    /// <summary>The name of a code is in the sentence before or after.</summary>
    NextSentence,

    /// <summary>The name of a code is in the same sentence.</summary>
    SameSentence,

    /// <summary>"Enter 123456 to sign in".</summary>
    Entered,

    /// <summary>"123456 is your code".</summary>
    Joined,

    /// <summary>"code: 123456".</summary>
    Named,

    /// <summary>A form that only codes have.</summary>
    Marked,
}

/// <summary>A candidate with its rank.</summary>
/// <param name="Distance">How many words its name is away.</param>
internal readonly record struct RankedCode(CodeCandidate Candidate, CodeRank Rank, int Distance);

/// <summary>Decides how sure it is that a candidate is a code.</summary>
internal static class CodeRanking
{
    private const int UsualLength = 6;
    private const int MaxDistanceOfLetters = 6;

    /// <summary>The rank of a candidate.</summary>
    public static RankedCode Rank(TextTokens tokens, MessageWords message, CodeCandidate candidate)
    {
        if (SignedText.IsBound(tokens, candidate)) return new(candidate, CodeRank.Marked, 0);
        if (SignedText.IsHash(tokens, candidate) || CodeNeighbors.Forbid(tokens, candidate)
            || message.IsDiscount || (message.IsPromotion && candidate.HasLetters)
            || (message.MayOffer && candidate.IsOffer))
            return new(candidate, CodeRank.None, 0);
        var (relation, distance) = CodeName.Of(tokens, candidate);
        var rank = Rank(message, candidate, relation);
        return new(candidate, IsEnough(message, candidate, rank, distance) ? rank : CodeRank.None, distance);
    }

    private static CodeRank Rank(MessageWords message, CodeCandidate candidate, CodeRelation relation) =>
        candidate.IsMarked && relation is not CodeRelation.OtherName ? CodeRank.Marked : relation switch
        {
            CodeRelation.OtherName => CodeRank.None,
            CodeRelation.Named => CodeRank.Named,
            CodeRelation.Joined => CodeRank.Joined,
            CodeRelation.Entered => CodeRank.Entered,
            CodeRelation.Used when message.IsAuth || message.HasCode => CodeRank.Entered,
            CodeRelation.Used => message.IsBusiness || message.HasLabel || message.HasMoney
                ? CodeRank.None : CodeRank.AuthText,
            CodeRelation.SameSentence => CodeRank.SameSentence,
            CodeRelation.NextSentence => CodeRank.NextSentence,
            CodeRelation.None => WithoutName(message, candidate),
        };

    private static CodeRank WithoutName(MessageWords message, CodeCandidate candidate)
    {
        if (message.HasMoney || message.IsBusiness) return CodeRank.None;
        if (message.IsAuth) return CodeRank.AuthText;
        if (message.Words <= 1) return CodeRank.ShortText;
        // Other numbers have four or five digits as often; six are nearly always those of a code.
        return candidate.Value.Length == UsualLength && !candidate.IsDateOrTime && !message.HasLabel
            ? CodeRank.AnyText : CodeRank.None;
    }

    /// <summary>The less a candidate looks like a code, the surer it must be.</summary>
    private static bool IsEnough(MessageWords message, CodeCandidate candidate, CodeRank rank, int distance) =>
        candidate.Form switch
        {
            CodeForm.Usual => !candidate.IsYear
                || rank >= (message.IsAuth || message.HasCode ? CodeRank.Entered : CodeRank.Joined),
            CodeForm.Alphanumeric => rank >= CodeRank.SameSentence && distance <= MaxDistanceOfLetters,
            // A word in capital letters is none in a text of which more is in capital letters.
            CodeForm.Unusual => rank >= CodeRank.Joined
                && (candidate.HasDigits || message.CapitalWords <= candidate.Last - candidate.First + 1),
        };
}
