using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Media;

/// <summary>Deletes a medium of a message that has ended; links to it end too.</summary>
internal sealed class DeleteMedia(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such medium of the message.</summary>
    /// <exception cref="TwilioException">20009 when the message has not ended.</exception>
    public async Task<bool> DeleteAsync(Sid account, Sid message, Sid medium, CancellationToken cancellation)
    {
        var status = await db.Media.Where(media => media.Sid == medium && media.MessageSid == message && media.AccountSid == account)
            .Join(db.Messages, media => media.MessageSid, owner => owner.Sid, (_, owner) => (MessageStatus?)owner.Status).SingleOrDefaultAsync(cancellation);
        if (status is null) return false;
        if (!status.Value.IsTerminal()) throw new TwilioException(MessagingError.NotComplete.ToApiError());
        return await db.DeleteMediaAsync(medium, cancellation);
    }
}
