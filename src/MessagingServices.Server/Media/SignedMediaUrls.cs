using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Media;

/// <summary>
/// URLs of media that need no credentials, because they are signed. Each is good for four hours of the account's
/// clock. Every server of the database accepts them. Source:
/// https://www.twilio.com/docs/messaging/api/media-resource.
/// </summary>
internal sealed class SignedMediaUrls(AccountCache accounts, EmulatorClock clock, MediaOriginOptions options)
{
    /// <summary>The path of all such URLs.</summary>
    public const string Path = "/media/";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    /// <summary>Makes the URL of a media item.</summary>
    /// <param name="media">The media item.</param>
    /// <param name="address">The scheme, host and port that the request came to.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<string> MakeAsync(StoredMedia media, string address, CancellationToken cancellation)
    {
        var origin = string.IsNullOrEmpty(options.Origin) ? address : options.Origin.TrimEnd('/');
        var isOther = !origin.Equals(address, StringComparison.OrdinalIgnoreCase);
        SignedMedia signed = new(
            media.AccountSid, media.Sid, (clock.Now(media.AccountSid) + Lifetime).ToUnixTimeSeconds(), isOther);
        var account = await accounts.FindAsync(signed.Account, cancellation)
            ?? throw new InvalidOperationException($"The account {media.AccountSid} of a media item is missing.");
        return $"{origin}{Path}{signed.ToPath()}/{Sign(signed, account)}";
    }

    /// <summary>Whether the signature is right; false also when the account does not exist.</summary>
    /// <remarks>
    /// A wrong signature costs one read of the database whether the account exists or not, as wrong credentials do.
    /// </remarks>
    public async Task<bool> IsSignedAsync(SignedMedia signed, string signature, CancellationToken cancellation)
    {
        var cached = accounts.FindCached(signed.Account);
        if (IsRight(cached)) return true;
        return IsRight(
            cached is null
                ? await accounts.FindAsync(signed.Account, cancellation)
                : await accounts.ReadAsync(signed.Account).WaitAsync(cancellation));

        bool IsRight(CachedAccount? account) => account is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(signed, account)), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>Whether the time of the URL is over.</summary>
    public bool HasExpired(SignedMedia signed) => clock.Now(signed.Account).ToUnixTimeSeconds() >= signed.Expires;

    private static string Sign(SignedMedia signed, CachedAccount account) => Convert.ToHexStringLower(
        HMACSHA256.HashData(account.TokenHash, Encoding.UTF8.GetBytes(signed.ToPath())));
}

/// <summary>What a signed URL says.</summary>
/// <param name="Account">The account that owns the media item.</param>
/// <param name="Media">The media item.</param>
/// <param name="Expires">When the URL ends, in seconds of Unix time on the account's clock.</param>
/// <param name="IsOtherOrigin">
/// Whether the URL leads to another origin than the API's. Clients drop credentials on the way there.
/// </param>
internal sealed record SignedMedia(Sid Account, Sid Media, long Expires, bool IsOtherOrigin)
{
    private const string Other = "other";
    private const string Same = "same";

    /// <summary>The part of the path that is signed.</summary>
    public string ToPath() => string.Create(
        CultureInfo.InvariantCulture, $"{Account}/{Media}/{Expires}/{(IsOtherOrigin ? Other : Same)}");

    /// <summary>Reads the parts of a path; null if they are none.</summary>
    public static SignedMedia? Read(string account, string media, string expires, string origin) =>
        Sid.TryParseAs(SidPrefix.Account, account, out var accountSid)
        && Sid.TryParseAs(SidPrefix.Media, media, out var mediaSid)
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && origin is Other or Same
            ? new(accountSid, mediaSid, seconds, origin == Other)
            : null;
}
