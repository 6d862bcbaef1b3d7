using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Provisioning;

/// <summary>Gives an account a short code. In each country one account of the server has it.</summary>
internal sealed class ProvisionShortCode(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Provisions.</summary>
    /// <param name="account">Who will own it.</param>
    /// <param name="code">Three to eight digits.</param>
    /// <param name="country">ISO 3166 code of its country, in capital letters.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">21422.</exception>
    public async Task<ShortCode> ProvisionAsync(Sid account, string code, string country, CancellationToken cancellation)
    {
        if (await db.ShortCodes.AnyAsync(present => present.Code == code && present.Country == country, cancellation)) throw Taken(code);
        var shortCode = new ShortCode(sids.New(SidPrefix.ShortCode), account, code, country, clock.GetUtcNow());
        db.Add(shortCode);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return shortCode;
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Another request has just taken it.
            throw Taken(code);
        }
    }

    private static TwilioException Taken(string code) => new(MessagingError.PhoneNumberNotAvailable.ToApiError(code));
}
