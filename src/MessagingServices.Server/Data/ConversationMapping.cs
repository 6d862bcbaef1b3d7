using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Keys, indexes and checks of conversations.</summary>
internal static class ConversationMapping
{
    /// <summary>This unique index keeps two open conversations from using the same pair of addresses.</summary>
    public const string PairIndex = "ix_conversation_participants_pair";

    public static void Apply(ModelBuilder model)
    {
        model.Entity<Conversation>(Conversation);
        model.Entity<ConversationParticipant>(Participant);
        model.Entity<ConversationMessage>(Message);
        model.Entity<ConversationDelivery>(Delivery);
        model.Entity<ConversationWebhook>(Webhook);
        model.Entity<AddressConfiguration>(AddressConfiguration);
    }

    private static void Conversation(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.HasKey(c => c.Sid);
        conversation.Property(c => c.Ordinal).UseIdentityAlwaysColumn();
        conversation.HasIndex(c => new { c.AccountSid, c.Ordinal }).IsDescending(false, true);
        conversation.HasIndex(c => new { c.AccountSid, c.UniqueName }).IsUnique().HasFilter("unique_name IS NOT NULL");
        conversation.HasStorageParameter("fillfactor", 70);
    }

    private static void Participant(EntityTypeBuilder<ConversationParticipant> participant)
    {
        participant.HasKey(p => p.Sid);
        participant.Property(p => p.Ordinal).UseIdentityAlwaysColumn();
        participant.HasIndex(p => new { p.ConversationSid, p.Ordinal });
        participant.HasIndex(p => new { p.ConversationSid, p.Identity }).IsUnique().HasFilter("identity IS NOT NULL");
        participant.HasIndex(p => new { p.AccountSid, p.Identity }).HasFilter("identity IS NOT NULL");
        participant.Property(p => p.IsActiveBinding).HasColumnName("holds_pair");
        participant.HasIndex(p => new { p.AccountSid, p.Address }).HasFilter("address IS NOT NULL");
        participant.HasIndex(p => new { p.AccountSid, p.Address, p.ProxyAddress }).IsUnique().HasFilter("holds_pair")
            .HasDatabaseName(PairIndex);
        participant.HasOne<Conversation>().WithMany().HasForeignKey(p => p.ConversationSid)
            .OnDelete(DeleteBehavior.Cascade);
        participant.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_conversation_participants_binding", "(address IS NULL) = (proxy_address IS NULL)");
            table.HasCheckConstraint(
                "ck_conversation_participants_holds_pair", "address IS NOT NULL OR NOT holds_pair");
            table.HasCheckConstraint(
                "ck_conversation_participants_who", "identity IS NOT NULL OR address IS NOT NULL");
        });
    }

    private static void Message(EntityTypeBuilder<ConversationMessage> message)
    {
        message.HasKey(m => m.Sid);
        message.HasIndex(m => new { m.ConversationSid, m.Index }).IsUnique();
        message.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationSid)
            .OnDelete(DeleteBehavior.Cascade);
    }

    private static void Delivery(EntityTypeBuilder<ConversationDelivery> delivery)
    {
        delivery.HasKey(d => d.Sid);
        delivery.Property(d => d.Ordinal).UseIdentityAlwaysColumn();
        delivery.HasIndex(d => new { d.ConversationMessageSid, d.Ordinal });
        delivery.HasOne<ConversationMessage>().WithMany().HasForeignKey(d => d.ConversationMessageSid)
            .OnDelete(DeleteBehavior.Cascade);
        delivery.ToTable(table => table.HasCheckConstraint(
            "ck_conversation_deliveries_outcome", "(message_sid IS NULL) = (error_code IS NOT NULL)"));
    }

    private static void Webhook(EntityTypeBuilder<ConversationWebhook> webhook)
    {
        webhook.HasKey(w => w.Sid);
        webhook.Property(w => w.Ordinal).UseIdentityAlwaysColumn();
        webhook.HasIndex(w => new { w.ConversationSid, w.Ordinal });
        webhook.HasOne<Conversation>().WithMany().HasForeignKey(w => w.ConversationSid)
            .OnDelete(DeleteBehavior.Cascade);
    }

    private static void AddressConfiguration(EntityTypeBuilder<AddressConfiguration> configuration)
    {
        configuration.HasKey(c => c.Sid);
        configuration.Property(c => c.Ordinal).UseIdentityAlwaysColumn();
        configuration.HasIndex(c => new { c.AccountSid, c.Ordinal }).IsDescending(false, true);
        configuration.HasIndex(c => new { c.AccountSid, c.Address }).IsUnique();
    }
}
