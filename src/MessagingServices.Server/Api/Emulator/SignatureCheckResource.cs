using FluentValidation;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Whether the signature of a webhook fits, and if not, what would make it fit.</summary>
internal sealed record SignatureCheckResource
{
    /// <summary>Whether the signature fits, and the body is the one of <c>bodySHA256</c>.</summary>
    public required bool Valid { get; init; }

    /// <summary>The signature that fits; null for a caller with an API key.</summary>
    public required string? ExpectedSignature { get; init; }

    /// <summary>
    /// The text that is signed: the URL, then the name and the value of each parameter, sorted by name.
    /// </summary>
    public required string SignedText { get; init; }

    /// <summary>
    /// What would make the signature fit, in words, with the fewest changes. Empty when it fits, and when nothing does.
    /// </summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The result of a check, as the caller may see it.</summary>
    public static SignatureCheckResource Of(SignatureResult result, SignedRequest request, Credential caller) => new()
    {
        Valid = result.IsValid,
        // With it an API key could sign webhooks.
        ExpectedSignature = caller.Kind == CredentialKind.AuthToken ? result.Expected : null,
        SignedText = request.SignedText,
        Findings = result.Findings,
    };
}

/// <summary>A request that an application has received, as it has received it.</summary>
internal sealed record SignatureCheckForm
{
    /// <summary>
    /// The URL that the application gives to its validator, with <c>http</c> or <c>https</c>. It is taken as it stands.
    /// Required.
    /// </summary>
    public string? Url { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>; <c>POST</c> when absent.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The body as it was sent: a form such as <c>From=%2B14155550100&amp;Body=Hi</c>, or JSON, whose SHA-256 is in
    /// <c>bodySHA256</c> of the URL. Ignored for a GET.
    /// </summary>
    public string? Parameters { get; init; }

    /// <summary>The value of the header <c>X-Twilio-Signature</c>. Required.</summary>
    public string? Signature { get; init; }

    /// <summary>The Auth Token that the application uses; that of the account when absent.</summary>
    public string? AuthToken { get; init; }

    /// <summary>The request, which the rules have checked.</summary>
    internal SignedRequest Request =>
        SignedRequest.Of(Url!, Method?.ToUpperInvariant() == "GET" ? "GET" : "POST", Parameters ?? "");
}

/// <summary>There must be a URL of HTTP, and a signature.</summary>
internal sealed class SignatureCheckRules : AbstractValidator<SignatureCheckForm>
{
    private const int MaxUrl = 8_000;
    private const int MaxSignature = 200;

    public SignatureCheckRules()
    {
        RuleFor(form => form.Url).Required("Url");
        RuleFor(form => form.Url).AtMost("Url", MaxUrl);
        RuleFor(form => form.Url).Must(url => IsHttp(url!, "http://") || IsHttp(url!, "https://"))
            .ToApiError(value => $"Url must begin with http:// or https:// and a host, not '{value}'");
        RuleFor(form => form.Method).HttpMethod("Method");
        RuleFor(form => form.Signature).Required("Signature");
        RuleFor(form => form.Signature).AtMost("Signature", MaxSignature);
        RuleFor(form => form.AuthToken).AtMost("AuthToken", MaxSignature);
    }

    private static bool IsHttp(string url, string scheme) =>
        url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && url.Length > scheme.Length;
}
