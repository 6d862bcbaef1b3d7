using MessagingServices.Server.Provisioning;
using Npgsql;

namespace MessagingServices.Server.Startup;

/// <summary>The account of the configuration: there from the first start, its token the configured one.</summary>
internal sealed class DefaultAccount(
    AccountOptions options, DefaultTokenUse defaultToken, ListeningAddresses addresses, TimeProvider real)
{
    /// <exception cref="StartupException">The configuration names a subaccount, or uses an account's SID for the test
    /// credentials, or a network would get an account with the default Auth Token.</exception>
    public async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var token = options.HasRandomToken ? AccountUseCases.NewSecret() : options.AuthToken;
        await connection.ExecuteAsync(
            """
            INSERT INTO accounts (sid, auth_token, friendly_name, status, date_created, date_updated)
            VALUES ($1, $2, 'My first account', 'active', $3, $3)
            ON CONFLICT (sid) DO UPDATE SET auth_token = excluded.auth_token
                WHERE accounts.owner_sid IS NULL AND (NOT $4 OR accounts.auth_token = $5)
            """,
            cancellation, Scalar.Of(options.Sid), Scalar.Of(token), Scalar.Of(real.GetUtcNow()),
            Scalar.Of(options.HasRandomToken), Scalar.Of(AccountOptions.DefaultAuthToken));
        if (options.HasRandomToken)
        {
            options.UseStoredToken((await connection.QueryAsync<string>(
                "SELECT auth_token FROM accounts WHERE sid = $1", cancellation, Scalar.Of(options.Sid)))[0]);
        }

        if (await connection.HasRowsAsync(
            "accounts WHERE sid = $1 AND owner_sid IS NOT NULL", cancellation, Scalar.Of(options.Sid)))
            throw new StartupException(
                $"Account:Sid is {options.Sid}, which is a subaccount: write the SID of a main account, or a new one.");
        if (await connection.HasRowsAsync("accounts WHERE sid = $1", cancellation, Scalar.Of(options.TestSid)))
            throw new StartupException(
                $"Account:TestSid is {options.TestSid}, which is an account: write a SID that no account has.");
        await FindDefaultTokenAsync(connection, cancellation);
    }

    private async Task FindDefaultTokenAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var found = await connection.QueryAsync<string>(
            "SELECT sid FROM accounts WHERE auth_token = $1 AND owner_sid IS NULL AND sid <> $2 LIMIT 1",
            cancellation, Scalar.Of(AccountOptions.DefaultAuthToken), Scalar.Of(options.Sid));
        if (found is not [var former]) return;
        defaultToken.AddFormerAccount();
        if (!addresses.AreLoopback && !options.AllowDefaultToken)
            throw new StartupException(
                $"The server would listen on a network address, and the account {former} of before has the Auth Token "
                + "that everybody knows: start once with Account:Sid set to it and Account:AuthToken to a secret one, "
                + "or set Account:AllowDefaultToken to true if that is meant.");
    }
}
