namespace MessagingServices.Domain.Extracts;

/// <summary>What the words of a whole text say.</summary>
internal sealed record MessageWords
{
    private const int LongWord = 4;

    /// <summary>The number of words.</summary>
    public required int Words { get; init; }

    /// <summary>The number of longer words in capital letters.</summary>
    public required int CapitalWords { get; init; }

    public required bool HasCode { get; init; }

    public required bool HasLabel { get; init; }

    /// <summary>Whether it has a currency.</summary>
    public required bool HasMoney { get; init; }

    /// <summary>Whether it is about signing in.</summary>
    public required bool IsAuth { get; init; }

    /// <summary>Whether it is about an order, an appointment or the like.</summary>
    public required bool IsBusiness { get; init; }

    /// <summary>Whether it may be an advertisement.</summary>
    public required bool IsPromotion { get; init; }

    /// <summary>Whether it is an advertisement with a percentage.</summary>
    public required bool IsDiscount { get; init; }

    /// <summary>Whether it has words of an advertisement, or is not about signing in.</summary>
    public required bool MayOffer { get; init; }

    public static MessageWords Of(TextTokens tokens)
    {
        var (words, capitals, all) = (0, 0, WordClasses.None);
        var (hasMoney, hasPercent) = (false, false);
        for (var i = 0; i < tokens.Count; i++)
        {
            all |= tokens[i].Classes;
            if (tokens[i].Kind is TokenKind.Word)
            {
                words++;
                if (tokens[i].Length >= LongWord && !tokens.Text(i).ContainsAnyExceptInRange('A', 'Z')) capitals++;
            }

            hasMoney |= tokens.Symbol(i) is '$' or '€' or '£' or '¥' or '₹' or '₽' or '₩' or '₺';
            hasPercent |= tokens.Symbol(i) == '%';
        }

        var isAuth = all.HasFlag(WordClasses.Auth) || SignedText.IsSigned(tokens);
        return new()
        {
            Words = words,
            CapitalWords = capitals,
            HasCode = all.HasFlag(WordClasses.Code),
            HasLabel = all.HasFlag(WordClasses.Label),
            HasMoney = hasMoney,
            IsAuth = isAuth,
            IsBusiness = all.HasFlag(WordClasses.Business),
            IsPromotion = !isAuth && (hasPercent || all.HasFlag(WordClasses.Promo)),
            MayOffer = !isAuth || hasPercent || hasMoney || all.HasFlag(WordClasses.Promo),
            IsDiscount = !isAuth && hasPercent && all.HasFlag(WordClasses.Promo),
        };
    }
}
