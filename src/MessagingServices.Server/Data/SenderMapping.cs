using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys and indexes of senders, sender pools, sticky senders and applications.</summary>
internal static class SenderMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<PhoneNumber>(PhoneNumber);
        model.Entity<ShortCode>(ShortCode);
        model.Entity<ChannelSender>(ChannelSender);
        model.Entity<PoolSender>(PoolSender);
        model.Entity<StickySender>(StickySender);
        model.Entity<Application>(Application);
    }

    private static void PhoneNumber(EntityTypeBuilder<PhoneNumber> number)
    {
        number.HasKey(n => n.Sid);
        number.Property(n => n.Ordinal).UseIdentityAlwaysColumn();
        number.HasIndex(n => new { n.AccountSid, n.Number }).IsUnique();
        number.HasIndex(n => new { n.AccountSid, n.Ordinal }).IsDescending(false, true);
    }

    private static void ShortCode(EntityTypeBuilder<ShortCode> shortCode)
    {
        shortCode.HasKey(s => s.Sid);
        shortCode.Property(s => s.Ordinal).UseIdentityAlwaysColumn();
        shortCode.HasIndex(s => new { s.AccountSid, s.Code, s.Country }).IsUnique();
        shortCode.HasIndex(s => new { s.AccountSid, s.Ordinal }).IsDescending(false, true);
    }

    private static void ChannelSender(EntityTypeBuilder<ChannelSender> sender)
    {
        sender.HasKey(s => s.Sid);
        sender.Property(s => s.Ordinal).UseIdentityAlwaysColumn();
        sender.HasIndex(s => new { s.AccountSid, s.SenderId }).IsUnique();
        sender.HasIndex(s => new { s.AccountSid, s.Channel, s.Ordinal }).IsDescending(false, false, true);
        sender.Property(s => s.Configuration).HasColumnType("jsonb");
        sender.Property(s => s.Webhook).HasColumnType("jsonb");
        sender.Property(s => s.Profile).HasColumnType("jsonb");
    }

    private static void Application(EntityTypeBuilder<Application> application)
    {
        application.HasKey(a => a.Sid);
        application.Property(a => a.Ordinal).UseIdentityAlwaysColumn();
        application.HasIndex(a => new { a.AccountSid, a.Ordinal }).IsDescending(false, true);
    }

    private static void StickySender(EntityTypeBuilder<StickySender> sticky)
    {
        // The recipient comes before the channel, because one query reads many recipients on any channel.
        sticky.HasKey(s => new { s.MessagingServiceSid, s.To, s.Channel });
        sticky.Property(s => s.Ordinal).UseIdentityAlwaysColumn();
        // A sender that leaves the pool loses its sticky recipients, also when the Messaging Service is deleted.
        sticky.HasOne<PoolSender>().WithMany().HasForeignKey(s => s.SenderSid).OnDelete(DeleteBehavior.Cascade);
    }

    private static void PoolSender(EntityTypeBuilder<PoolSender> sender)
    {
        sender.HasKey(s => s.Sid);
        sender.Ignore(s => s.AreaCode).Ignore(s => s.CountsAsNumber).Ignore(s => s.ChannelInstallSid);
        sender.Property(s => s.Ordinal).UseIdentityAlwaysColumn();
        sender.HasIndex(s => new { s.MessagingServiceSid, s.Ordinal });
        sender.HasIndex(s => new { s.AccountSid, s.Address });
        sender.HasOne<MessagingService>().WithMany().HasForeignKey(s => s.MessagingServiceSid)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
