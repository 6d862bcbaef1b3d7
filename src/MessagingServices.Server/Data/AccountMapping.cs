using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys and indexes of accounts and their API keys.</summary>
internal static class AccountMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Account>(Account);
        model.Entity<ApiKey>(ApiKey);
    }

    private static void Account(EntityTypeBuilder<Account> account)
    {
        account.HasKey(a => a.Sid);
        account.Property(a => a.Ordinal).UseIdentityAlwaysColumn();
        account.Property(a => a.FriendlyName).HasMaxLength(Domain.Accounts.Account.MaxNameLength);
        account.HasIndex(a => new { a.OwnerSid, a.Ordinal }).IsDescending(false, true);
    }

    private static void ApiKey(EntityTypeBuilder<ApiKey> key)
    {
        key.HasKey(k => k.Sid);
        key.Property(k => k.Ordinal).UseIdentityAlwaysColumn();
        key.Property(k => k.FriendlyName).HasMaxLength(Domain.Accounts.ApiKey.MaxNameLength);
        key.HasIndex(k => new { k.AccountSid, k.Ordinal }).IsDescending(false, true);
        key.HasOne<Account>().WithMany().HasForeignKey(k => k.AccountSid).OnDelete(DeleteBehavior.Cascade);
    }
}
