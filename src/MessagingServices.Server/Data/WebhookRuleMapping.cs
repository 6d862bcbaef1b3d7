using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MessagingServices.Server.Data;

/// <summary>Maps the webhook rules, and what they have decided on webhooks in the queue.</summary>
internal static class WebhookRuleMapping
{
    public static void Apply(ModelBuilder model)
    {
        FaultRuleMapping.Apply(model.Entity<WebhookRule>(), "webhook_rules");
        model.Entity<WebhookRuleMatches>(matches =>
        {
            matches.HasKey(m => new { m.RuleSid, m.Recipient });
            matches.HasOne<WebhookRule>().WithMany().HasForeignKey(m => m.RuleSid).OnDelete(DeleteBehavior.Cascade);
            matches.HasStorageParameter("fillfactor", 50);
        });
    }

    /// <summary>The columns of the queue.</summary>
    public static void ApplyTo(EntityTypeBuilder<QueuedWebhook> entry) =>
        // Empty without rules that reorder: whether a webhook lets others go costs next to nothing then.
        entry.HasIndex(e => e.MessageSid, "Held").HasDatabaseName("ix_webhook_queue_held")
            .HasFilter("step = 'held'");
}
