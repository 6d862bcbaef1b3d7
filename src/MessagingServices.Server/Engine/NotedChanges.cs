using System.Runtime.CompilerServices;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The changes of an open transaction, to be published after its commit. Those of a transaction that was not committed
/// are forgotten when the context begins the next one.
/// </summary>
internal static class NotedChanges
{
    private static readonly ConditionalWeakTable<DbContext, List<Change>> Noted = [];

    /// <summary>Publishes a change when the open transaction is committed.</summary>
    public static void NoteChange(this DbContext db, Change change) => Noted.GetOrCreateValue(db).Add(change);

    /// <summary>Publishes when the open transaction is committed that a row has changed.</summary>
    public static void NoteChange(this DbContext db, EventTypes type, Sid account, Sid sid) =>
        db.NoteChange(new Change(type, account, sid.Value));

    /// <summary>Takes the changes of a transaction that has ended.</summary>
    public static IReadOnlyList<Change> TakeChanges(this DbContext db)
    {
        if (!Noted.TryGetValue(db, out var changes)) return [];
        Noted.Remove(db);
        return changes;
    }
}
