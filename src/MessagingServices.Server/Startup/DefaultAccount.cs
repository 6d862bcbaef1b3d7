using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Startup;

/// <summary>The account of the configuration: there from the first start, its token the configured one.</summary>
internal sealed class DefaultAccount(AccountOptions options, TimeProvider real)
{
    public Task EnsureAsync(MessagingDb db, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
         INSERT INTO accounts (sid, auth_token, friendly_name, date_created)
         VALUES ({options.Sid.Value}, {options.AuthToken}, 'My first account', {real.GetUtcNow()})
         ON CONFLICT (sid) DO UPDATE SET auth_token = excluded.auth_token
         """, cancellation);
}
