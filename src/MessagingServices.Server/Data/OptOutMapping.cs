using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys and indexes of opt-outs and of Advanced Opt-Out settings.</summary>
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
        settings.HasOne<MessagingService>().WithOne().HasForeignKey<AdvancedOptOut>(s => s.MessagingServiceSid)
            .OnDelete(DeleteBehavior.Cascade);
    }

    private static void OptOut(EntityTypeBuilder<OptOut> optOut)
    {
        // The recipient comes first, because sending reads all opt-outs of many recipients in one query.
        optOut.HasKey(o => new { o.Recipient, o.AccountSid, o.Channel, o.Scope });
        optOut.Property(o => o.Recipient).UseCollation("C");
        optOut.Property(o => o.Scope).UseCollation("C");
        optOut.Property(o => o.Ordinal).UseIdentityAlwaysColumn();
        optOut.HasIndex(o => new { o.AccountSid, o.Ordinal });
        // Lists for one Messaging Service or sender use this index, and so does the deletion of a Messaging Service.
        optOut.HasIndex(o => new { o.AccountSid, o.Scope, o.Ordinal });
    }
}
