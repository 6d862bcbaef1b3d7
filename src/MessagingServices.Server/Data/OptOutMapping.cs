using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys and indexes of opt-outs and of what decides on them.</summary>
internal static class OptOutMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<AdvancedOptOut>(AdvancedOptOut);
        model.Entity<OptOut>(OptOut);
    }

    private static void AdvancedOptOut(EntityTypeBuilder<AdvancedOptOut> settings)
    {
        settings.HasKey(s => s.MessagingServiceSid);
        settings.HasOne<MessagingService>().WithOne().HasForeignKey<AdvancedOptOut>(s => s.MessagingServiceSid).OnDelete(DeleteBehavior.Cascade);
    }

    private static void OptOut(EntityTypeBuilder<OptOut> optOut)
    {
        // The recipient first: who sends asks for many recipients, whatever they have opted out of.
        optOut.HasKey(o => new { o.Recipient, o.AccountSid, o.Channel, o.Scope });
        optOut.Property(o => o.Recipient).UseCollation("C");
        optOut.Property(o => o.Scope).UseCollation("C");
        optOut.Property(o => o.Ordinal).UseIdentityAlwaysColumn();
        optOut.HasIndex(o => new { o.AccountSid, o.Ordinal });
        // For lists of one Messaging Service or sender, and for Messaging Services that are deleted.
        optOut.HasIndex(o => new { o.AccountSid, o.Scope, o.Ordinal });
    }
}
