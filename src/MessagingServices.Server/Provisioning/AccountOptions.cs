namespace MessagingServices.Server.Provisioning;

/// <summary>The first account: the section <c>Account</c>.</summary>
/// <param name="Sid">Its SID.</param>
/// <param name="AuthToken">Its Auth Token: letters and digits.</param>
internal sealed record AccountOptions(Sid Sid, string AuthToken)
{
    /// <summary>The SID unless <c>Account:Sid</c> says another.</summary>
    public const string DefaultSid = "AC00000000000000000000000000000001";

    /// <summary>The token unless <c>Account:AuthToken</c> says another. Anybody can know it.</summary>
    public const string DefaultAuthToken = "0123456789abcdef0123456789abcdef";

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="onlyLoopback">Whether the server listens on this machine's own addresses only.</param>
    /// <exception cref="StartupException">A value is malformed, or the default token would be offered to the network.</exception>
    internal static AccountOptions Read(IConfiguration configuration, bool onlyLoopback)
    {
        var section = configuration.GetSection("Account");
        var text = section["Sid"] ?? DefaultSid;
        if (!Sid.TryParseAs(SidPrefix.Account, text, out var sid))
            throw new StartupException($"Account:Sid is '{text}', which is no Account SID: write AC and 32 hexadecimal digits.");
        var allowDefaultToken = Settings.Switch(section, "AllowDefaultToken");
        var token = section["AuthToken"] ?? DefaultAuthToken;
        if (token.Length is < 8 or > 128 || !token.All(char.IsAsciiLetterOrDigit))
            throw new StartupException("Account:AuthToken must be 8 to 128 letters and digits, since one of Twilio's SDKs refuses others.");
        if (token == DefaultAuthToken && !onlyLoopback && !allowDefaultToken)
        {
            throw new StartupException("The server would listen on a network address with the Auth Token that everybody knows: set "
                + "Account:AuthToken, or Account:AllowDefaultToken to true if that is meant.");
        }

        return new(sid, token);
    }
}
