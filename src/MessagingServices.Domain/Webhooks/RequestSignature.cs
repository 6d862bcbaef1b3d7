using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// Computes the <c>X-Twilio-Signature</c> header, which authenticates a webhook to its receiver. See
/// <see href="https://www.twilio.com/docs/usage/webhooks/webhooks-security"/>.
/// </summary>
public static class RequestSignature
{
    /// <param name="authToken">The primary auth token of the webhook's account.</param>
    /// <param name="url">
    /// The configured URL. The signature excludes fragment, user name and password. It includes everything else
    /// unchanged: case, port, escapes in the query. For a request with a JSON body, the URL must already contain the
    /// <c>bodySHA256</c> parameter.
    /// </param>
    /// <param name="formParameters">
    /// The form parameters in any order; none for GET or a JSON body. Identical pairs of name and value count once.
    /// </param>
    /// <returns>The HMAC-SHA1 with the auth token as key, in base64.</returns>
    public static string Compute(
        string authToken, string url, IEnumerable<KeyValuePair<string, string>> formParameters) =>
        Sign(authToken, SignedText(url, formParameters));

    /// <summary>The text whose HMAC is the signature: the URL, then each parameter's name and value, sorted.</summary>
    /// <inheritdoc cref="Compute"/>
    public static string SignedText(string url, IEnumerable<KeyValuePair<string, string>> formParameters) =>
        Join(SignedPart(url), formParameters);

    /// <summary>Signs a text: the HMAC-SHA1 with the auth token as key, in base64.</summary>
    [SuppressMessage("Security", "CA5350",
        Justification = "Receivers verify HMAC-SHA1: the algorithm is Twilio's, not ours to choose.")]
    internal static string Sign(string authToken, string text) => Convert.ToBase64String(
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));

    /// <summary>The text for a URL that is taken as it stands.</summary>
    internal static string Join(string url, IEnumerable<KeyValuePair<string, string>> formParameters)
    {
        var signed = new StringBuilder(url);

        KeyValuePair<string, string>[] parameters = [.. formParameters];
        Array.Sort(parameters, CompareByNameThenValue);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i == 0 || CompareByNameThenValue(parameters[i - 1], parameters[i]) != 0)
                signed.Append(parameters[i].Key).Append(parameters[i].Value);
        }

        return signed.ToString();
    }

    /// <summary>The part of a URL that is signed and may be shown: without fragment, user name and password.</summary>
    public static string SignedPart(string url) => WithoutUserInfo(ConnectionOverrides.WithoutFragment(url));

    private static string WithoutUserInfo(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return url;

        // Only an '@' of the authority ends user info: paths and queries may hold others. A password may hold one too.
        var authority = scheme + 3;
        var length = url.AsSpan(authority).IndexOfAny('/', '?');
        var at = url.AsSpan(authority, length < 0 ? url.Length - authority : length).LastIndexOf('@');
        return at < 0 ? url : url.Remove(authority, at + 1);
    }

    private static int CompareByNameThenValue(KeyValuePair<string, string> left, KeyValuePair<string, string> right)
    {
        var byName = string.CompareOrdinal(left.Key, right.Key);
        return byName != 0 ? byName : string.CompareOrdinal(left.Value, right.Value);
    }
}
