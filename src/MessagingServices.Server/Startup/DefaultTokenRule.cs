using MessagingServices.Server.Provisioning;
using Microsoft.Extensions.Options;

namespace MessagingServices.Server.Startup;

/// <summary>The default Auth Token is no secret, so a network gets it only if the configuration says so.</summary>
internal sealed class DefaultTokenRule(ListeningAddresses addresses) : IValidateOptions<AccountOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccountOptions options) =>
        options is { AuthToken: AccountOptions.DefaultAuthToken, AllowDefaultToken: false } && !addresses.AreLoopback
            ? ValidateOptionsResult.Fail(
                "The server would listen on a network address with the Auth Token that everybody knows: set "
                + "Account:AuthToken (to random, for example), or Account:AllowDefaultToken to true if that is meant.")
            : ValidateOptionsResult.Success;
}
