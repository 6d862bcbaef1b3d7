using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// The value of the <c>X-Twilio-Signature</c> header, by which the receiver of a webhook knows who sent it.
/// See <see href="https://www.twilio.com/docs/usage/webhooks/webhooks-security"/>.
/// </summary>
public static class RequestSignature
{
    /// <summary>Signs one request.</summary>
    /// <param name="authToken">The primary auth token of the account that the webhook belongs to.</param>
    /// <param name="url">
    /// The URL as configured. Fragment, user name and password are left out of the signature; all else counts as it stands:
    /// case, port, the escapes of the query. Of a request with a JSON body it already has the <c>bodySHA256</c> parameter.
    /// </param>
    /// <param name="formParameters">
    /// The parameters of a form body in any order; none for a GET or a JSON body. Of a repeated name each value counts once.
    /// </param>
    /// <returns>HMAC-SHA1 under the auth token, in base64.</returns>
    [SuppressMessage("Security", "CA5350", Justification = "Receivers verify HMAC-SHA1: the algorithm is Twilio's, not ours to choose.")]
    public static string Compute(string authToken, string url, IEnumerable<KeyValuePair<string, string>> formParameters)
    {
        var signed = new StringBuilder(SignedPart(url));

        KeyValuePair<string, string>[] parameters = [.. formParameters];
        Array.Sort(parameters, CompareByNameThenValue);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i == 0 || CompareByNameThenValue(parameters[i - 1], parameters[i]) != 0)
                signed.Append(parameters[i].Key).Append(parameters[i].Value);
        }

        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString()));
        return Convert.ToBase64String(hash);
    }

    /// <summary>What of a URL is signed, and may be told to others: all but its fragment, user name and password.</summary>
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
