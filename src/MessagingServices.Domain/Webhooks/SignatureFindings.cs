namespace MessagingServices.Domain.Webhooks;

/// <summary>Another Auth Token that may have made a signature.</summary>
/// <param name="AuthToken">The token.</param>
/// <param name="Owner">Whose it is, in words.</param>
public sealed record OtherToken(string AuthToken, string Owner);

/// <summary>Finds out why a signature does not fit a request.</summary>
public static class SignatureFindings
{
    /// <summary>Longer texts are signed on usual ports only: 131,070 of them would take too long.</summary>
    private const int MaxTextForPorts = 2048;

    /// <summary>
    /// The first of the other tokens are tried with all variations, the rest with the request as it is.
    /// </summary>
    private const int MaxOthersWithVariations = 5;

    /// <summary>
    /// Which variations of the request, or which other tokens, make the signature fit, in words: those with the fewest
    /// changes. Empty when it fits as it is, and when nothing fits.
    /// </summary>
    /// <param name="request">The request as the application has received it.</param>
    /// <param name="signature">The signature that it came with.</param>
    /// <param name="authToken">The token that the signature should be made with.</param>
    /// <param name="others">Other tokens that may have been used.</param>
    public static IReadOnlyList<string> Find(
        SignedRequest request, string signature, string authToken, IReadOnlyList<OtherToken> others)
    {
        if (request.IsSignedBy(authToken, signature)) return [];
        var variations = SignatureVariations.Of(request).ToList();
        List<(int Changes, string Finding)> fitting =
        [
            .. from row in variations
               where row.Request.IsSignedBy(authToken, signature)
               select (row.Changes.Count, Sentence(row.Changes)),
            .. from other in others
               where request.IsSignedBy(other.AuthToken, signature)
               select (1, Sentence([WordsOf(other)])),
        ];
        if (fitting.Count == 0)
        {
            fitting.AddRange(
                from other in others.Take(MaxOthersWithVariations)
                from row in variations
                where row.Request.IsSignedBy(other.AuthToken, signature)
                select (row.Changes.Count + 1, Sentence([WordsOf(other), .. row.Changes])));
        }

        if (fitting.Count == 0 && request.SignedText.Length <= MaxTextForPorts)
        {
            fitting.AddRange(SignatureVariations.OfPorts(request)
                .Where(row => row.Request.IsSignedBy(authToken, signature)).Take(1)
                .Select(row => (row.Changes.Count, Sentence(row.Changes))));
        }

        return
        [
            .. fitting.Where(found => found.Changes == fitting.Min(other => other.Changes))
                .Select(found => found.Finding).Distinct(),
        ];
    }

    private static string WordsOf(OtherToken other) => $"with the Auth Token of {other.Owner}";

    private static string Sentence(IReadOnlyList<string> changes) =>
        $"The signature fits {string.Join(", and ", changes)}.";
}
