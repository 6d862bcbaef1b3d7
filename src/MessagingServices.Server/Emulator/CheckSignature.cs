using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Checks the signature of a webhook, and finds out why it does not fit.</summary>
internal sealed class CheckSignature(MessagingDb db, AccountCache accounts, AccountOptions options)
{
    private const int MaxSubaccounts = 1_000;

    /// <summary>Checks a signature with the Auth Token of an account, or with another one.</summary>
    /// <param name="account">The account of the caller.</param>
    /// <param name="request">The request as the application has received it.</param>
    /// <param name="signature">The signature that it came with.</param>
    /// <param name="authToken">The token that the application uses; null for the account's.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<SignatureResult> RunAsync(
        CachedAccount account, SignedRequest request, string signature, string? authToken,
        CancellationToken cancellation)
    {
        var token = authToken ?? account.AuthToken;
        var expected = request.SignatureWith(token);
        if (request.IsSignedBy(token, signature)) return new(true, expected, []);
        var others = await OthersAsync(account, cancellation);
        return new(
            false, expected,
            SignatureFindings.Find(
                request, signature, token, [.. others.Where(other => other.AuthToken != token)]));
    }

    private async Task<List<OtherToken>> OthersAsync(CachedAccount account, CancellationToken cancellation)
    {
        List<OtherToken> others = [new(account.AuthToken, $"the account itself, {account.Sid}")];
        if (account.Owner is { } owner && await accounts.FindAsync(owner, cancellation) is { } parent)
            others.Add(new(parent.AuthToken, $"its parent, {parent.Sid}"));
        others.Add(new(options.TestAuthToken, $"the test credentials, {options.TestSid}"));
        var subaccounts = await db.Accounts.AsNoTracking().Where(other => other.OwnerSid == account.Sid)
            .OrderByDescending(other => other.DateCreated).Take(MaxSubaccounts)
            .Select(other => new { other.Sid, other.AuthToken }).ToListAsync(cancellation);
        others.AddRange(subaccounts.Select(other => new OtherToken(other.AuthToken, $"the subaccount {other.Sid}")));
        return others;
    }
}

/// <summary>The result of a check.</summary>
/// <param name="IsValid">Whether the signature fits.</param>
/// <param name="Expected">The signature that fits.</param>
/// <param name="Findings">What would make the given one fit, in words.</param>
internal sealed record SignatureResult(bool IsValid, string Expected, IReadOnlyList<string> Findings);
