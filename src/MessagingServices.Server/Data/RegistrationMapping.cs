using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys and indexes of brands, their vettings and campaigns, and of toll-free verifications.</summary>
internal static class RegistrationMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Brand>(Brand);
        model.Entity<BrandVetting>(BrandVetting);
        model.Entity<A2pCampaign>(A2pCampaign);
        model.Entity<TollfreeVerification>(TollfreeVerification);
    }

    private static void Brand(EntityTypeBuilder<Brand> brand)
    {
        brand.HasKey(b => b.Sid);
        brand.Property(b => b.Ordinal).UseIdentityAlwaysColumn();
        brand.HasIndex(b => new { b.AccountSid, b.Ordinal }).IsDescending(false, true);
    }

    private static void BrandVetting(EntityTypeBuilder<BrandVetting> vetting)
    {
        vetting.HasKey(v => v.Sid);
        vetting.Property(v => v.Ordinal).UseIdentityAlwaysColumn();
        vetting.HasIndex(v => new { v.BrandSid, v.Ordinal }).IsDescending(false, true);
        vetting.HasOne<Brand>().WithMany().HasForeignKey(v => v.BrandSid).OnDelete(DeleteBehavior.Cascade);
    }

    private static void A2pCampaign(EntityTypeBuilder<A2pCampaign> campaign)
    {
        campaign.HasKey(c => c.Sid);
        campaign.Property(c => c.Ordinal).UseIdentityAlwaysColumn();
        campaign.HasIndex(c => c.MessagingServiceSid).IsUnique();
        // The limit of a brand's campaigns is counted.
        campaign.HasIndex(c => c.BrandRegistrationSid);
        campaign.HasOne<MessagingService>().WithMany().HasForeignKey(c => c.MessagingServiceSid)
            .OnDelete(DeleteBehavior.Cascade);
    }

    private static void TollfreeVerification(EntityTypeBuilder<TollfreeVerification> verification)
    {
        verification.HasKey(v => v.Sid);
        verification.Property(v => v.Ordinal).UseIdentityAlwaysColumn();
        verification.HasIndex(v => new { v.AccountSid, v.Ordinal }).IsDescending(false, true);
        // Sending asks for the verifications of a few numbers.
        verification.HasIndex(v => new { v.TollfreePhoneNumber, v.AccountSid });
    }
}
