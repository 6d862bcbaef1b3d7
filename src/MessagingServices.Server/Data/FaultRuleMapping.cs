using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Maps what the rules of all families have in common.</summary>
internal static class FaultRuleMapping
{
    /// <summary>Maps a family.</summary>
    /// <param name="rule">Its rules.</param>
    /// <param name="table">Its table.</param>
    public static void Apply<T>(EntityTypeBuilder<T> rule, string table) where T : FaultRule
    {
        rule.HasKey(r => r.Sid);
        rule.Property(r => r.Ordinal).UseIdentityAlwaysColumn();
        rule.HasIndex(r => new { r.AccountSid, r.Ordinal }).IsDescending(false, true);
        rule.Ignore(r => r.IsLeft);
        rule.Property(r => r.Percent).HasPrecision(5, 2);
        // The free space lets an update of times_used stay on the row's page (HOT).
        rule.HasStorageParameter("fillfactor", 50);
        rule.ToTable(t => t.HasCheckConstraint($"ck_{table}_times_used", "times_used <= times"));
    }
}
