using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Creates, changes and deletes address configurations. They decide how the server handles inbound messages that belong
/// to no conversation. An address of an account has at most one.
/// </summary>
internal sealed class AddressConfigurationUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Configures an address.</summary>
    /// <param name="account">The account that owns the address.</param>
    /// <param name="type">The network of the address.</param>
    /// <param name="address">The normalized address.</param>
    /// <param name="configure">Sets the values that differ from the defaults.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20409 when the address has a configuration.</exception>
    public async Task<AddressConfiguration> CreateAsync(
        Sid account, AddressType type, string address, Action<AddressConfiguration> configure,
        CancellationToken cancellation)
    {
        AddressConfiguration configuration =
            new(sids.New(SidPrefix.AddressConfiguration), account, type, address, clock.Now(account));
        configure(configuration);
        return await db.TryAddAsync(configuration, cancellation)
            ? configuration
            : throw new TwilioException(MessagingError.AddressConfigured.ToApiError(address));
    }

    /// <summary>Changes a configuration; null when the account has none with that SID or address.</summary>
    public Task<AddressConfiguration?> UpdateAsync(
        Sid account, string name, Action<AddressConfiguration> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            () => db.LockAddressConfigurationAsync(account, name, cancellation), change,
            clock.Of(account), cancellation);

    /// <summary>Deletes a configuration; false when the account has none with that SID or address.</summary>
    public async Task<bool> DeleteAsync(Sid account, string name, CancellationToken cancellation) =>
        await db.AddressConfigurations.BySidOrAddress(account, name).ExecuteDeleteAsync(cancellation) > 0;
}
