using System.Collections.Frozen;

namespace MessagingServices.Domain.Extracts;

/// <summary>
/// Finds codes in the queries of links, for texts that show no code: "Sign in: https://example.com/?code=1234".
/// </summary>
internal static class CodesInLinks
{
    private const int MaxLength = 10;

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal, "code", "otp", "pin", "passcode", "token", "verify", "otpcode", "pincode", "logincode",
        "authcode", "verificationcode", "confirmationcode", "confirmcode", "securitycode", "accesscode",
        "verifycode", "activationcode", "signincode", "smscode", "onetimecode", "verification", "confirmation",
        "totp", "tan");

    /// <summary>The codes, in the order of the links.</summary>
    public static IReadOnlyList<string> Find(TextTokens tokens, IReadOnlyList<FoundLink> links)
    {
        if (links.Count == 0 || MessageWords.Of(tokens).IsPromotion) return [];
        return [.. links.SelectMany(link => Parameters(link.Value)).Where(IsCode).Select(one => one.Value).Distinct()];
    }

    private static IEnumerable<(string Name, string Value)> Parameters(string link)
    {
        var query = link.IndexOfAny(['?', '#']);
        if (query < 0) yield break;
        foreach (var field in link[(query + 1)..].Split(['&', '#', '?', ';']))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                yield return (field[..equals], field[(equals + 1)..].Replace("-", "", StringComparison.Ordinal));
        }
    }

    private static bool IsCode((string Name, string Value) parameter)
    {
        var name = string.Concat(parameter.Name.Where(char.IsAsciiLetter)).ToLowerInvariant();
        var value = parameter.Value;
        if (!Names.Contains(name) || value.Length is < 4 or > MaxLength) return false;
        var hasDigit = value.AsSpan().ContainsAnyInRange('0', '9');
        return hasDigit && value.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
    }
}
