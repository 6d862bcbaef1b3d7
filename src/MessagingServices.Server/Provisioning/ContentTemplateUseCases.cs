using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates, changes and deletes content templates, and asks WhatsApp to approve them.</summary>
internal sealed class ContentTemplateUseCases(
    MessagingDb db, SidSource sids, EmulatorClock clock, RegistrationOptions options)
{
    /// <summary>Gives an account a content template.</summary>
    /// <param name="account">The account that gets it.</param>
    /// <param name="create">Creates the template from its SID, the account and the time.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<ContentTemplate> CreateAsync(
        Sid account, Func<Sid, Sid, DateTimeOffset, ContentTemplate> create, CancellationToken cancellation)
    {
        var template = create(sids.New(SidPrefix.ContentTemplate), account, clock.Now(account));
        db.Add(template);
        await db.SaveChangesAsync(cancellation);
        return template;
    }

    /// <summary>Changes a template; null when the account has no such template.</summary>
    public Task<ContentTemplate?> UpdateAsync(
        Sid account, Sid sid, Action<ContentTemplate> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            () => db.LockAsync<ContentTemplate>(account, sid, cancellation), change, clock.Of(account), cancellation);

    /// <summary>Asks WhatsApp to approve a template; null when the account has no such template.</summary>
    /// <exception cref="TwilioException">20001 when WhatsApp does not approve templates of its type, 20409 when it has
    /// the template already, and has not rejected it.</exception>
    public Task<ContentTemplate?> SubmitAsync(
        Sid account, Sid sid, string name, string category, bool allowsCategoryChange,
        CancellationToken cancellation) => UpdateAsync(
        account, sid, template =>
        {
            var now = clock.Now(account);
            var type = ContentTypes.TypeForApproval(template.Types);
            if (!ContentTypes.CanBeApproved(type))
                throw new TwilioException(MessagingError.BadParameter.ToApiError(
                    $"Templates of the type {type} cannot be submitted for approval"));
            if (template.ApprovalAt(now, options.ApprovalTimes)
                is not (ApprovalStatus.Unsubmitted or ApprovalStatus.Rejected))
                throw new TwilioException(MessagingError.ApprovalExists.ToApiError(sid));
            template.Submit(name, category, allowsCategoryChange, now);
        }, cancellation);

    /// <summary>Sets the state of WhatsApp's approval; null when the account has no such template.</summary>
    public Task<ContentTemplate?> ForceApprovalAsync(
        Sid account, Sid sid, ForcedStatus forced, CancellationToken cancellation)
    {
        if (!EnumNames<ApprovalStatus>.TryParse(forced.Status.ToLowerInvariant(), out var status))
            throw forced.UnknownAmong(EnumNames<ApprovalStatus>.All.Order(StringComparer.Ordinal));
        return UpdateAsync(
            account, sid, template => template.Force(status, forced.Reason ?? "", clock.Now(account)), cancellation);
    }

    /// <summary>
    /// Deletes a template; false when the account has no such template. Messages that were sent with it keep their text
    /// and media.
    /// </summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await db.ContentTemplates.Where(template => template.Sid == sid && template.AccountSid == account)
            .ExecuteDeleteAsync(cancellation) == 1;
}
