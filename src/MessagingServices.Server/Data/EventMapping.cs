using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Maps what servers tell each other of events. PostgreSQL does not log these tables: after a crash they are empty, and
/// listeners get a resync.
/// </summary>
internal static class EventMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<EventListener>(listener =>
        {
            listener.ToTable("event_listeners").IsUnlogged();
            listener.HasKey(row => new { row.Node, row.Account });
            listener.Property(row => row.Account).HasMaxLength(Sid.Length).UseCollation("C");
            listener.Property(row => row.Followers).HasDefaultValueSql("'{}'");
        });
        model.Entity<StoredEventNotice>(notice =>
        {
            notice.ToTable("event_notices").IsUnlogged();
            notice.HasKey(row => new { row.Node, row.Number });
            notice.Property(row => row.Added).HasDefaultValueSql("clock_timestamp()");
        });
    }
}
