using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>Finds the URL of status callbacks of a message that names an application.</summary>
internal sealed class FindApplication(AcceptReads reads)
{
    /// <summary>The application's <c>MessageStatusCallback</c>, else its <c>SmsStatusCallback</c>; null without
    /// both.</summary>
    /// <param name="account">The account.</param>
    /// <param name="application">The SID as the application wrote it.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <exception cref="TwilioException">21218 when the account has no such application.</exception>
    public async Task<string?> CallbackOfAsync(Sid account, string application, CancellationToken cancellation)
    {
        if (!Sid.TryParseAs(SidPrefix.Application, application, out var sid)) throw Unknown(application);
        await using var lease = await reads.OpenAsync(cancellation);
        var found = await lease.Db.Applications.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Sid == sid && a.AccountSid == account, cancellation)
            ?? throw Unknown(application);
        return found.MessageStatusCallback ?? found.SmsStatusCallback;
    }

    private static TwilioException Unknown(string application) =>
        new(MessagingError.InvalidApplicationSid.ToApiError(application));
}
