using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>Maps the request rules, and what they have counted.</summary>
internal static class RequestRuleMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<RequestRule>(rule =>
        {
            FaultRuleMapping.Apply(rule, "request_rules");
            rule.Ignore(r => r.ResponseCode).Ignore(r => r.IsCounted);
        });
        model.Entity<RequestRuleDraw>(draw =>
        {
            draw.ToTable("request_rule_draws");
            draw.HasKey(d => new { d.RuleSid, d.Subject });
            draw.HasOne<RequestRule>().WithMany().HasForeignKey(d => d.RuleSid).OnDelete(DeleteBehavior.Cascade);
            draw.HasStorageParameter("fillfactor", 50);
        });
    }
}
