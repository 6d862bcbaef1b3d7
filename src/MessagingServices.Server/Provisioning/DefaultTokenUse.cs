namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Whether an account has the default Auth Token, which is no secret: the configured account, or one that was the
/// configured account before <c>Account:Sid</c> was changed. Such an account keeps its token.
/// </summary>
internal sealed class DefaultTokenUse(AccountOptions configured)
{
    private volatile bool isOfFormerAccount;

    /// <summary>Whether an account has it.</summary>
    public bool IsInUse => configured.AuthToken == AccountOptions.DefaultAuthToken || isOfFormerAccount;

    /// <summary>An account of before has it. Call it before the first request.</summary>
    public void AddFormerAccount() => isOfFormerAccount = true;
}
