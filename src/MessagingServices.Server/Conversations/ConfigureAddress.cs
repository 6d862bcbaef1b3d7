using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Conversations;

/// <summary>Says what becomes of messages to an address that belong to no conversation; one configuration for each address of an account.</summary>
internal sealed class ConfigureAddress(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates.</summary>
    /// <param name="account">Who will own it.</param>
    /// <param name="type">The network of the address.</param>
    /// <param name="address">The address in its one form.</param>
    /// <param name="configure">Sets what shall differ from the defaults.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20409 when the address has one already.</exception>
    public async Task<AddressConfiguration> CreateAsync(
        Sid account, AddressType type, string address, Action<AddressConfiguration> configure, CancellationToken cancellation)
    {
        AddressConfiguration configuration = new(sids.New(SidPrefix.AddressConfiguration), account, type, address, clock.GetUtcNow());
        configure(configuration);
        db.Add(configuration);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return configuration;
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new TwilioException(MessagingError.AddressConfigured.ToApiError(address));
        }
    }

    /// <summary>Changes; null when the account has no configuration of that SID or address.</summary>
    public async Task<AddressConfiguration?> UpdateAsync(
        Sid account, string name, Action<AddressConfiguration> change, CancellationToken cancellation)
    {
        var configuration = await db.AddressConfigurations.Called(account, name).SingleOrDefaultAsync(cancellation);
        if (configuration is null) return null;
        change(configuration);
        configuration.DateUpdated = clock.GetUtcNow();
        try
        {
            await db.SaveChangesAsync(cancellation);
            return configuration;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Deleted meanwhile.
            return null;
        }
    }

    /// <summary>Deletes; false when the account has no configuration of that SID or address.</summary>
    public async Task<bool> DeleteAsync(Sid account, string name, CancellationToken cancellation) =>
        await db.AddressConfigurations.Called(account, name).ExecuteDeleteAsync(cancellation) > 0;
}
