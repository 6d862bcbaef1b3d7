using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Outbound;

namespace MessagingServices.Server.Emulator;

/// <summary>What this server remembers of accounts for some seconds.</summary>
internal sealed class AccountCaches(
    AccountCache accounts, ConsoleSessions sessions, MessagingServiceCache services, SpentCache spent,
    ClockStates clocks)
{
    /// <summary>Forgets what a task has changed.</summary>
    public void Forget(AccountTask task)
    {
        spent.Invalidate(task.AccountSid);
        // A reset changes its rules.
        accounts.Invalidate(task.AccountSid);
        if (task.Kind is AccountTaskKind.ResetEverything or AccountTaskKind.Delete)
            services.InvalidateAll(task.AccountSid);
        if (task.Kind == AccountTaskKind.Delete) clocks.Forget(task.AccountSid);
        if (task.Kind is not (AccountTaskKind.Delete or AccountTaskKind.Suspend or AccountTaskKind.Close)) return;
        sessions.InvalidateAll(task.AccountSid);
    }
}
