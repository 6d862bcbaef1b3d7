using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Media;

/// <summary>Deletes a media item of a message that has ended. Links to it stop working.</summary>
internal sealed class DeleteMedia(MessagingDb db)
{
    /// <summary>Deletes the media item. Returns false when the account's message has no such item.</summary>
    /// <exception cref="TwilioException">20009 when the message has not ended.</exception>
    public async Task<bool> DeleteAsync(Sid account, Sid message, Sid item, CancellationToken cancellation)
    {
        var status = await db.Media
            .Where(media => media.Sid == item && media.MessageSid == message && media.AccountSid == account)
            .Join(db.Messages, media => media.MessageSid, m => m.Sid, (_, m) => (MessageStatus?)m.Status)
            .SingleOrDefaultAsync(cancellation);
        if (status is null) return false;
        if (!status.Value.IsTerminal()) throw new TwilioException(MessagingError.NotComplete.ToApiError());
        return await db.DeleteMediaAsync(item, cancellation);
    }
}
