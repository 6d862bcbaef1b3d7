using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>How the database answers a search.</summary>
/// <param name="Candidates">
/// Messages of the account that an index or the queues find. Every message that matches is among them.
/// </param>
/// <param name="Filters">The terms that are compared with each candidate; none when all candidates match.</param>
internal sealed record SearchPlan(IQueryable<Message> Candidates, IReadOnlyList<QueryTerm> Filters)
{
    /// <summary>Chooses how to answer.</summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="terms">All terms of the query.</param>
    /// <param name="maxQueued">
    /// The queues are not used when they have more messages of the account, or servers have more of all accounts in
    /// memory.
    /// </param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<SearchPlan> OfAsync(
        MessagingDb db, Sid account, IReadOnlyList<QueryTerm> terms, int maxQueued, CancellationToken cancellation)
    {
        var messages = db.Messages.Where(message => message.AccountSid == account);
        var indexed = terms.FirstOrDefault(term => term is QueryTerm.Recipient or QueryTerm.Sender && !term.IsNegated);
        if (indexed is not null)
            return new(messages.Where(indexed), [.. terms.Where(term => !ReferenceEquals(term, indexed))]);
        if (terms.Any(IsOfFailure)) return new(messages.Where(message => message.ErrorCode != null), terms);
        if (terms.Any(IsQueued) && await IsShortAsync(db, account, maxQueued, cancellation))
            return new(Queued(db, account).Where(message => message.AccountSid == account), terms);
        return new(messages, terms);
    }

    // The statuses that have an error code.
    private static bool IsOfFailure(QueryTerm term) => !term.IsNegated && term switch
    {
        QueryTerm.Failure => true,
        QueryTerm.Status(var status) => status.HasErrorCode(),
        _ => false,
    };

    // A message may stay "sent" for ever, by a carrier rule. Messages with these statuses wait for a stage.
    private static bool IsQueued(QueryTerm term) => !term.IsNegated && term is QueryTerm.Status
    {
        Value: MessageStatus.Accepted or MessageStatus.Scheduled or MessageStatus.Queued or MessageStatus.Sending,
    };

    private static async Task<bool> IsShortAsync(
        MessagingDb db, Sid account, int max, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<long>(
            $"""
             SELECT count(*) AS "Value" FROM (
                 SELECT FROM message_queue WHERE account_sid = {account.Value}
                 UNION ALL SELECT FROM media_queue WHERE account_sid = {account.Value}
                 UNION ALL SELECT FROM carrier_deliveries WHERE account_sid = {account.Value}
                 UNION ALL SELECT FROM owned_messages
                 LIMIT {max + 1}) AS queued
             """).ToListAsync(cancellation))[0] <= max;

    // LATERAL makes PostgreSQL use the index even when it plans for an empty queue.
    private static IQueryable<Message> Queued(MessagingDb db, Sid account) => db.Messages.FromSql(
        $"""
         SELECT message.* FROM (
             SELECT message_sid FROM message_queue WHERE account_sid = {account.Value}
             UNION SELECT message_sid FROM media_queue WHERE account_sid = {account.Value}
             UNION SELECT message_sid FROM carrier_deliveries WHERE account_sid = {account.Value}
             UNION SELECT message_sid FROM owned_messages) AS queued
         CROSS JOIN LATERAL (SELECT * FROM messages WHERE sid = queued.message_sid OFFSET 0) AS message
         """);
}

/// <summary>Terms as conditions of the database.</summary>
internal static class SearchTerms
{
    /// <summary>Keeps the messages for which a term holds.</summary>
    public static IQueryable<Message> Where(this IQueryable<Message> messages, QueryTerm term) =>
        messages.Where(term switch
        {
            QueryTerm.Word(var text) => BodyPattern.Contains(text),
            QueryTerm.Recipient(var address) => message => message.To == address,
            QueryTerm.Sender(var address) => message => message.From == address,
            QueryTerm.Status(var status) => message => message.Status == status,
            QueryTerm.Failure(var code) => message => message.ErrorCode == code,
            QueryTerm.Service(var sid) => message => message.MessagingServiceSid == sid,
            QueryTerm.Direction(var direction) => message => message.Direction == direction,
            QueryTerm.HasMedia => message => message.MediaUrls.Count > 0,
            QueryTerm.Before(var moment) => message => message.DateCreated < moment,
            QueryTerm.After(var moment) => message => message.DateCreated >= moment,
            _ => throw new InvalidOperationException($"{term} is no term of a query."),
        }, term.IsNegated);

    private static IQueryable<Message> Where(
        this IQueryable<Message> messages, Expression<Func<Message, bool>> condition, bool isNegated) =>
        messages.Where(isNegated
            ? Expression.Lambda<Func<Message, bool>>(Expression.Not(condition.Body), condition.Parameters)
            : condition);
}
