using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys and indexes of accounts, their API keys, sessions and clocks.</summary>
internal static class AccountMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Account>(Account);
        model.Entity<ApiKey>(ApiKey);
        model.Entity<ConsoleSession>(ConsoleSession);
        model.Entity<ClockState>(ClockState);
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

    private static void ConsoleSession(EntityTypeBuilder<ConsoleSession> session)
    {
        session.HasKey(s => s.TokenHash);
        session.HasIndex(s => new { s.AccountSid, s.Expires });
        session.HasIndex(s => s.Expires);
        session.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountSid).OnDelete(DeleteBehavior.Cascade);
        session.HasOne<ApiKey>().WithMany().HasForeignKey(s => s.KeySid).OnDelete(DeleteBehavior.Cascade);
    }

    private static void ClockState(EntityTypeBuilder<ClockState> clock)
    {
        clock.ToTable("account_clocks");
        clock.HasKey(c => c.AccountSid);
        clock.Ignore(c => c.IsReal);
        clock.Property(c => c.Change).HasDefaultValueSql("pg_current_xact_id()::text::bigint");
        // Servers read the clocks that were changed since they last did.
        clock.HasIndex(c => c.Change);
        clock.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountSid).OnDelete(DeleteBehavior.Cascade);
    }
}
