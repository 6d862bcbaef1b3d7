using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Webhooks;

/// <summary>A request as an application has received it, to check its signature.</summary>
/// <param name="Url">The URL as the application knows it.</param>
/// <param name="Body">How its body takes part in the signature.</param>
public sealed record SignedRequest(string Url, SignedBody Body)
{
    /// <summary>The parameter of the URL with the SHA-256 of a body that is no form.</summary>
    internal const string HashParameter = "bodySHA256";

    /// <summary>The text that must be signed. The URL is taken as it stands.</summary>
    public string SignedText => RequestSignature.Join(Url, Body.Parameters);

    /// <summary>Whether the body is the one whose hash is in the URL; true for a form.</summary>
    public bool HasItsBody => Body switch
    {
        SignedBody.Form or SignedBody.Other => true,
        SignedBody.Hashed hashed => string.Equals(HashOf(Url), hashed.Hash, StringComparison.OrdinalIgnoreCase),
        _ => throw new InvalidOperationException($"{Body} is no body."),
    };

    /// <summary>
    /// Reads a request. A body is a form, or, with <c>bodySHA256</c> in the URL or a brace at its beginning, hashed
    /// as a whole. A GET has no body.
    /// </summary>
    public static SignedRequest Of(string url, string method, string body) => new(
        url,
        method == "GET" ? new SignedBody.Form([])
        : HashOf(url) is not null || body.AsSpan().TrimStart() is ['{' or '[', ..] ? new SignedBody.Hashed(body)
        : SignedBody.Form.Read(body, WebUtility.UrlDecode));

    /// <summary>The signature of this request with an auth token.</summary>
    public string SignatureWith(string authToken) => RequestSignature.Sign(authToken, SignedText);

    /// <summary>Whether the signature is this request's, compared in constant time.</summary>
    public bool IsSignedBy(string authToken, string signature) => HasItsBody
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(SignatureWith(authToken)), Encoding.UTF8.GetBytes(signature));

    private static string? HashOf(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return null;
        foreach (var parameter in ConnectionOverrides.WithoutFragment(url)[(query + 1)..].Split('&'))
        {
            if (parameter.StartsWith($"{HashParameter}=", StringComparison.Ordinal))
                return parameter[(HashParameter.Length + 1)..];
        }

        return null;
    }
}

/// <summary>How the body of a request takes part in its signature.</summary>
public abstract record SignedBody
{
    private SignedBody() { }

    /// <summary>The parameters that are signed after the URL.</summary>
    public virtual IReadOnlyList<KeyValuePair<string, string>> Parameters => [];

    /// <summary>A form: its parameters are signed.</summary>
    public sealed record Form(IReadOnlyList<KeyValuePair<string, string>> Fields) : SignedBody
    {
        /// <inheritdoc/>
        public override IReadOnlyList<KeyValuePair<string, string>> Parameters => Fields;

        /// <summary>The body that it was read from.</summary>
        public string Text { get; private init; } = "";

        /// <summary>Reads a body.</summary>
        /// <param name="body">The body.</param>
        /// <param name="decode">Decodes a name or a value.</param>
        public static Form Read(string body, Func<string, string> decode) => new(
        [
            .. from field in body.Split('&', StringSplitOptions.RemoveEmptyEntries)
               let at = field.IndexOf('=', StringComparison.Ordinal)
               select at < 0
                   ? new KeyValuePair<string, string>(decode(field), "")
                   : new(decode(field[..at]), decode(field[(at + 1)..])),
        ]) { Text = body };
    }

    /// <summary>Any other body, such as JSON: the URL has its hash.</summary>
    public sealed record Hashed(string Text) : SignedBody
    {
        /// <summary>The SHA-256, as <c>bodySHA256</c> has it.</summary>
        public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    /// <summary>A body that is not known: only the URL is looked at.</summary>
    public sealed record Other : SignedBody;
}
