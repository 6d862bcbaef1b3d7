using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>
/// Keys, indexes and check constraints of the entities. <see cref="Conventions"/> maps property types to column types.
/// </summary>
internal static class Mapping
{
    // Servers of the version before, with one clock for all accounts, find no column "due": they work on no queue.
    private const string DueAt = "due_at";
    private const string IsWaiting = "wake > '-infinity'";

    public static void Apply(ModelBuilder model)
    {
        AccountMapping.Apply(model);
        model.Entity<MessagingService>(MessagingService);
        OptOutMapping.Apply(model);
        SenderMapping.Apply(model);
        RegistrationMapping.Apply(model);
        model.Entity<Message>(Message);
        model.Entity<RemovedUsage>(RemovedUsage);
        model.Entity<MessageFeedback>(MessageFeedback);
        model.Entity<ContentTemplate>(ContentTemplate);
        model.Entity<StoredMedia>(StoredMedia);
        model.Entity<MediaContent>(MediaContent);
        model.Entity<QueuedMedia>(QueuedMedia);
        model.Entity<SenderSelection>(SenderSelection);
        model.Entity<Webhook>(Webhook);
        model.Entity<SessionCookies>(SessionCookies);
        model.Entity<WhatsAppWindow>(WhatsAppWindow);
        model.Entity<QueuedMessage>(QueuedMessage);
        model.Entity<MessageOwnership>(MessageOwnership);
        model.Entity<QueuedWebhook>(QueuedWebhook);
        model.Entity<HeldWebhook>(HeldWebhook);
        model.Entity<AccountTask>(AccountTask);
        model.Entity<SenderBacklog>(queue => queue.HasKey(q => new { q.AccountSid, q.Name }));
        model.Entity<CarrierRule>(CarrierRule);
        model.Entity<CarrierRuleUse>(CarrierRuleUse);
        model.Entity<CarrierRuleSample>(CarrierRuleSample);
        model.Entity<CarrierDelivery>(CarrierDelivery);
        WebhookRuleMapping.Apply(model);
        RequestRuleMapping.Apply(model);
        model.Entity<ServerNode>(ServerNode);
        model.Entity<SeedApplication>(OnlyRow);
        model.Entity<StoredAuthority>(OnlyRow);
        ConversationMapping.Apply(model);
        EventMapping.Apply(model);
    }

    private static void MessagingService(EntityTypeBuilder<MessagingService> service)
    {
        service.HasKey(s => s.Sid);
        service.Property(s => s.Ordinal).UseIdentityAlwaysColumn();
        service.HasIndex(s => new { s.AccountSid, s.Ordinal }).IsDescending(false, true);
        service.ToTable(table => table.HasCheckConstraint(
            "ck_messaging_services_validity_period", "validity_period BETWEEN 1 AND 36000"));
    }

    private static void Message(EntityTypeBuilder<Message> message)
    {
        message.HasKey(m => m.Sid);
        message.Ignore(m => m.ValidUntil).Ignore(m => m.DiscardsWhenEnded)
            .Ignore(m => m.IsMms).Ignore(m => m.GoesAsMms).Ignore(m => m.IsSms);
        message.Property(m => m.Price).HasPrecision(12, PriceList.Decimals);
        message.Property(m => m.Ordinal).UseIdentityAlwaysColumn();
        // Lists filter by account and one of these columns, newest first. No indexed column changes with every status,
        // so status updates stay on the row's page (HOT). "from" and date_sent change once, and rows without them are
        // not in their indexes.
        message.HasIndex(m => new { m.AccountSid, m.Ordinal });
        message.HasIndex(m => new { m.AccountSid, m.To, m.Ordinal });
        message.HasIndex(m => new { m.AccountSid, m.From, m.Ordinal }).HasFilter("\"from\" IS NOT NULL");
        message.HasIndex(m => new { m.AccountSid, m.DateSent }).HasFilter("date_sent IS NOT NULL");
        // Only failures have an error, so the update of any other status does not touch this index.
        message.HasIndex(m => new { m.AccountSid, m.Ordinal }, "WithError")
            .HasDatabaseName("ix_messages_with_error").HasFilter("error_code IS NOT NULL");
        message.HasStorageParameter("fillfactor", 50);
        // StoredAt and EndedAt use the database's clock in real time. All other dates use the emulator's clock.
        message.Property<DateTimeOffset>("StoredAt").HasDefaultValueSql("now()");
        message.Property<DateTimeOffset?>("EndedAt");
        message.ToTable(table =>
        {
            var statuses = string.Join(", ", EnumNames<MessageStatus>.All.Order().Select(name => $"'{name}'"));
            table.HasCheckConstraint("ck_messages_status", $"status IN ({statuses})");
            table.HasCheckConstraint(
                "ck_messages_error_code", "(status IN ('failed', 'undelivered')) = (error_code IS NOT NULL)");
            table.HasCheckConstraint("ck_messages_date_sent",
                "(status IN ('sent', 'delivered', 'undelivered', 'read', 'received')) = (date_sent IS NOT NULL)");
            table.HasCheckConstraint("ck_messages_from",
                "\"from\" IS NOT NULL OR status IN ('accepted', 'scheduled', 'canceled', 'failed')");
            table.HasCheckConstraint("ck_messages_validity_period", "validity_period BETWEEN 1 AND 36000");
        });
    }

    private static void RemovedUsage(EntityTypeBuilder<RemovedUsage> usage)
    {
        usage.HasKey(u => new { u.AccountSid, u.Day, u.Kind, u.IsInbound, u.IsShortCode });
        usage.Property(u => u.Kind).HasMaxLength(8).UseCollation("C");
        usage.Property(u => u.Price).HasPrecision(18, PriceList.Decimals);
    }

    private static void MessageFeedback(EntityTypeBuilder<MessageFeedback> feedback)
    {
        feedback.HasKey(f => f.MessageSid);
        // The removal of an account uses this index, and that of media.
        feedback.HasIndex(f => f.AccountSid);
    }

    private static void ContentTemplate(EntityTypeBuilder<ContentTemplate> template)
    {
        template.HasKey(t => t.Sid);
        template.Property(t => t.Ordinal).UseIdentityAlwaysColumn();
        template.HasIndex(t => new { t.AccountSid, t.Ordinal }).IsDescending(false, true);
        // The columns are text, because jsonb would sort the members and change the notation of numbers.
        template.Property(t => t.Variables).HasColumnType("text");
        template.Property(t => t.Types).HasColumnType("text");
        // Templates that were stored before there was an approval count as approved.
        template.Property(t => t.ForcedApproval)
            .HasDefaultValue(ApprovalStatus.Approved).HasSentinel(ApprovalStatus.Approved);
    }

    private static void StoredMedia(EntityTypeBuilder<StoredMedia> media)
    {
        media.ToTable("media");
        media.HasKey(m => m.Sid);
        media.Property(m => m.Ordinal).UseIdentityAlwaysColumn();
        media.HasIndex(m => new { m.MessageSid, m.Ordinal });
        media.HasIndex(m => m.AccountSid);
        media.Property(m => m.LinkToken).HasMaxLength(MmsConverter.TokenLength).UseCollation("C");
        media.HasIndex(m => m.LinkToken).IsUnique();
        media.ToTable(table => table.HasCheckConstraint(
            "ck_media_link", "(link_token IS NULL) = (link_expires IS NULL)"));
    }

    private static void MediaContent(EntityTypeBuilder<MediaContent> content)
    {
        // It shares the row of StoredMedia, so the content and its description are created and deleted together.
        content.ToTable("media");
        content.HasKey(c => c.Sid);
        content.HasOne<StoredMedia>().WithOne().HasForeignKey<MediaContent>(c => c.Sid);
    }

    private static void QueuedMedia(EntityTypeBuilder<QueuedMedia> entry)
    {
        entry.ToTable("media_queue");
        entry.HasKey(e => e.MessageSid);
        entry.Property(e => e.Endpoint).UseCollation("C");
        entry.Property(e => e.Slot).HasColumnName("turn");
        entry.Property(e => e.Due).HasColumnName(DueAt);
        entry.HasIndex(e => new { e.Endpoint, e.Due });
        entry.HasIndex(e => e.Due);
        entry.HasIndex(e => e.AccountSid);
        VacuumEagerly(entry);
    }

    private static void SenderSelection(EntityTypeBuilder<SenderSelection> selection)
    {
        selection.HasKey(s => new { s.AccountSid, s.Id });
    }

    private static void Webhook(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.HasKey(w => w.Sid);
        webhook.Property(w => w.Ordinal).UseIdentityAlwaysColumn();
        webhook.HasIndex(w => w.MessageSid);
        webhook.HasIndex(w => new { w.AccountSid, w.Ordinal });
        // Few webhooks have an error. Their index is empty where all goes well, and recording a success does not change
        // its columns, so that the update stays on the row's page (HOT).
        webhook.HasIndex(w => new { w.AccountSid, w.Ordinal }, "WithError")
            .HasDatabaseName("ix_webhooks_with_error").HasFilter("error_code IS NOT NULL");
    }

    private static void SessionCookies(EntityTypeBuilder<SessionCookies> session)
    {
        session.HasKey(s => new { s.AccountSid, s.Handset, s.Sender });
        session.HasIndex(s => new { s.AccountSid, s.Expires });
    }

    private static void WhatsAppWindow(EntityTypeBuilder<WhatsAppWindow> window)
    {
        window.ToTable("whatsapp_windows");
        window.HasKey(w => new { w.AccountSid, w.Handset, w.Sender });
        window.HasIndex(w => new { w.AccountSid, w.Opened });
    }

    private static void QueuedMessage(EntityTypeBuilder<QueuedMessage> entry)
    {
        entry.ToTable("message_queue");
        entry.HasKey(e => e.MessageSid);
        entry.Property(e => e.Due).HasColumnName(DueAt);
        // Claims read the rows that are ready, by account, and those whose time has come; see QueueWakes.
        entry.HasIndex(e => new { e.Stage, e.Wake, e.AccountSid, e.Due });
        // A change of an account's clock reads those that wait. Most rows never do, so they are not in this index.
        entry.HasIndex(e => new { e.AccountSid, e.Wake }).HasFilter(IsWaiting);
        entry.Property(e => e.HasSlot).HasColumnName("has_turn").HasDefaultValue(false);
        VacuumEagerly(entry);
    }

    private static void MessageOwnership(EntityTypeBuilder<MessageOwnership> ownership)
    {
        // Only servers that leave or fail are searched for by owner, and the table is short: no index.
        ownership.ToTable("owned_messages");
        ownership.HasKey(o => o.MessageSid);
        VacuumEagerly(ownership);
    }

    private static void QueuedWebhook(EntityTypeBuilder<QueuedWebhook> entry)
    {
        entry.ToTable("webhook_queue");
        entry.HasKey(e => e.WebhookSid);
        entry.Property(e => e.Ordinal).UseIdentityAlwaysColumn();
        entry.Property(e => e.QueuedAt).HasDefaultValueSql("now()");
        entry.HasIndex(e => new { e.Endpoint, e.Ordinal });
        entry.HasIndex(e => e.AccountSid);
        // The claim columns have no index, because each claim would then update all indexes.
        entry.HasIndex(e => new { e.MessageSid, e.Ordinal });
        WebhookRuleMapping.ApplyTo(entry);
        VacuumEagerly(entry);
    }

    private static void HeldWebhook(EntityTypeBuilder<HeldWebhook> entry)
    {
        entry.HasKey(e => e.WebhookSid);
        entry.Property(e => e.Ordinal).ValueGeneratedNever();
        entry.HasIndex(e => new { e.AccountSid, e.Ordinal });
        entry.HasIndex(e => e.MessageSid);
    }

    private static void AccountTask(EntityTypeBuilder<AccountTask> task)
    {
        task.Property(t => t.Id).UseIdentityAlwaysColumn();
        task.Property(t => t.DateCreated).HasDefaultValueSql("clock_timestamp()");
    }

    private static void CarrierRule(EntityTypeBuilder<CarrierRule> rule)
    {
        FaultRuleMapping.Apply(rule, "carrier_rules");
        rule.Ignore(r => r.Samples);
        rule.HasMany(r => r.Uses).WithOne().HasForeignKey(use => use.RuleSid).OnDelete(DeleteBehavior.Cascade);
    }

    private static void CarrierRuleSample(EntityTypeBuilder<CarrierRuleSample> sample)
    {
        sample.ToTable("carrier_rule_draws");
        sample.HasKey(s => new { s.RuleSid, s.MessageSid });
        // A recipient's next number comes from the first index. The removal of messages uses the second one.
        sample.HasIndex(s => new { s.RuleSid, s.Recipient, s.Number });
        sample.HasIndex(s => s.MessageSid);
        sample.HasOne<CarrierRule>().WithMany().HasForeignKey(s => s.RuleSid).OnDelete(DeleteBehavior.Cascade);
    }

    private static void CarrierRuleUse(EntityTypeBuilder<CarrierRuleUse> use)
    {
        use.ToTable("carrier_rule_uses");
        use.HasKey(u => new { u.RuleSid, u.MessageSid });
        // The removal of messages uses this index.
        use.HasIndex(u => u.MessageSid);
    }

    private static void CarrierDelivery(EntityTypeBuilder<CarrierDelivery> delivery)
    {
        delivery.HasKey(d => d.MessageSid);
        delivery.Property(d => d.Due).HasColumnName(DueAt);
        delivery.HasIndex(d => new { d.Wake, d.AccountSid, d.Due });
        delivery.HasIndex(d => new { d.AccountSid, d.Wake }).HasFilter(IsWaiting);
        VacuumEagerly(delivery);
    }

    private static void ServerNode(EntityTypeBuilder<ServerNode> node)
    {
        node.ToTable("server_processes");
        node.HasKey(n => n.Id);
        node.Property(n => n.SeenChange).HasDefaultValue(0L);
        node.Property(n => n.Acknowledged).HasDefaultValueSql("'{}'");
    }

    private static void OnlyRow<T>(EntityTypeBuilder<T> table) where T : class
    {
        table.HasKey(nameof(Data.SeedApplication.Id));
        table.Property(nameof(Data.SeedApplication.Id)).ValueGeneratedNever();
    }

    /// <summary>
    /// Leaves room for updates on each page, because rows of a queue are short-lived and updated often. Autovacuum
    /// starts after a fixed number of dead rows, not after a share of the table; otherwise claims become slow.
    /// </summary>
    private static void VacuumEagerly<T>(EntityTypeBuilder<T> entry) where T : class => entry
        .HasStorageParameter("fillfactor", 50)
        .HasStorageParameter("autovacuum_vacuum_scale_factor", 0)
        .HasStorageParameter("autovacuum_vacuum_threshold", 2000)
        .HasStorageParameter("autovacuum_vacuum_cost_delay", 0);
}
