using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Emulator;

/// <summary>The stored tasks: see <see cref="AccountTask"/>.</summary>
internal sealed class AccountTasks(
    IDbContextFactory<MessagingDb> databases, NpgsqlDataSource database, NodeId node, EventBus events)
{
    /// <summary>
    /// Keeps other requests from seeding, resetting or deleting the account until the result is disposed of; null while
    /// one of them has the lock. The lock ends with this server: then another one may finish a task.
    /// </summary>
    public async Task<IAsyncDisposable?> TryLockAsync(Sid account, CancellationToken cancellation)
    {
        var db = await databases.CreateDbContextAsync(cancellation);
        try
        {
            await db.Database.BeginTransactionAsync(cancellation);
            if (await db.TryLockWorldAsync(account, cancellation)) return db;
            await db.DisposeAsync();
            return null;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>All tasks that have not ended everywhere, the oldest first.</summary>
    public async Task<IReadOnlyList<AccountTask>> ReadAsync(CancellationToken cancellation)
    {
        if (!await database.HasRowsAsync("account_tasks", cancellation)) return [];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.AccountTasks.AsNoTracking().OrderBy(task => task.Id).ToListAsync(cancellation);
    }

    /// <summary>Reads a task again; null when it has ended everywhere.</summary>
    public async Task<AccountTask?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.AccountTasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == id, cancellation);
    }

    /// <summary>The messages of the task are gone: servers forget them.</summary>
    public async Task SetFollowedAsync(AccountTask task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccountTasks.Where(t => t.Id == task.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.IsFollowed, true), cancellation);
    }

    /// <summary>This server's memory has nothing of the task any more.</summary>
    public async Task FollowAsync(AccountTask task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE account_tasks SET followers = array_append(followers, {node.Id})
             WHERE id = {task.Id} AND NOT {node.Id} = ANY (followers)
             """, cancellation);
    }

    /// <summary>Whether this server has followed the task.</summary>
    public bool HasFollowed(AccountTask task) => task.Followers.Contains(node.Id);

    /// <summary>Whether all running servers have followed the task.</summary>
    public async Task<bool> IsFollowedByAllAsync(AccountTask task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Database.SqlQuery<bool>(
            $"""
             SELECT NOT EXISTS (
                 SELECT FROM server_processes CROSS JOIN account_tasks AS task
                 WHERE task.id = {task.Id} AND NOT has_left AND NOT server_processes.id = ANY (followers)) AS "Value"
             """).SingleAsync(cancellation);
    }

    /// <summary>
    /// Ends earlier resets of the account that the task includes: done later, they would remove what was made after it.
    /// Call it with the account locked.
    /// </summary>
    public async Task SupersedeAsync(AccountTask task, CancellationToken cancellation)
    {
        AccountTaskKind[] included = task.Kind switch
        {
            AccountTaskKind.ResetMessages => [AccountTaskKind.ResetMessages],
            AccountTaskKind.ResetEverything or AccountTaskKind.Delete =>
                [AccountTaskKind.ResetMessages, AccountTaskKind.ResetEverything],
            AccountTaskKind.LeftMessages or AccountTaskKind.Suspend or AccountTaskKind.Close => [],
        };
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccountTasks.Where(other => other.AccountSid == task.AccountSid && other.Id < task.Id
                && !other.IsDone && included.Contains(other.Kind))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.IsDone, true), cancellation);
    }

    /// <summary>Of a reset only messages are left: what is made from now on stays.</summary>
    public async Task LeaveMessagesAsync(AccountTask task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccountTasks.Where(t => t.Id == task.Id).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.Kind, AccountTaskKind.LeftMessages), cancellation);
    }

    /// <summary>All of the task's work is done.</summary>
    public async Task EndAsync(AccountTask task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccountTasks.Where(t => t.Id == task.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.IsDone, true), cancellation);
        if (task.Kind is AccountTaskKind.ResetMessages or AccountTaskKind.ResetEverything
            or AccountTaskKind.LeftMessages)
        {
            var isOfAll = task.Kind == AccountTaskKind.ResetEverything;
            events.Publish(new(EventTypes.Reset, task.AccountSid, isOfAll ? "all" : "messages")
            {
                Subject = new AccountReset(task.AccountSid, isOfAll),
            });
        }
    }

    /// <summary>Removes a task that has ended everywhere.</summary>
    public async Task RemoveAsync(AccountTask task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccountTasks.Where(t => t.Id == task.Id).ExecuteDeleteAsync(cancellation);
    }
}
