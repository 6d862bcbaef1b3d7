namespace MessagingServices.Server.Conversations;

/// <summary>Address configurations by what paths call them: their SID or their address.</summary>
internal static class AddressConfigurationNames
{
    /// <summary>The account's configuration; at most one.</summary>
    public static IQueryable<AddressConfiguration> Called(this IQueryable<AddressConfiguration> configurations, Sid account, string name)
    {
        var own = configurations.Where(configuration => configuration.AccountSid == account);
        if (Sid.TryParseAs(SidPrefix.AddressConfiguration, name, out var sid)) return own.Where(configuration => configuration.Sid == sid);
        var address = SenderAddress.Parse(name)?.Value ?? name;
        return own.Where(configuration => configuration.Address == address);
    }
}
