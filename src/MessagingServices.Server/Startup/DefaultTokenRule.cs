using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Startup;

/// <summary>The default Auth Token is no secret, so a network gets it only if the configuration says so.</summary>
internal static class DefaultTokenRule
{
    /// <exception cref="StartupException">A network would get the default token.</exception>
    public static void Check(AccountOptions options, ListeningAddresses addresses)
    {
        if (options is { AuthToken: AccountOptions.DefaultAuthToken, AllowDefaultToken: false }
            && !addresses.AreLoopback)
            throw new StartupException(
                "The server would listen on a network address with the Auth Token that everybody knows: set "
                + "Account:AuthToken (to random, for example), or Account:AllowDefaultToken to true if that is meant.");
    }
}
