using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Phone numbers with Twilio's test credentials: the <see cref="MagicNumbers"/> decide, and nothing is stored.
/// </summary>
internal sealed class TestPhoneNumbers(SidSource sids, EmulatorClock clock)
{
    /// <summary>Returns the number as it would be provisioned.</summary>
    /// <exception cref="TwilioException">21421, 21422, 21452.</exception>
    public PhoneNumber Provision(NewPhoneNumber wanted)
    {
        var error = string.IsNullOrEmpty(wanted.Number)
            ? MagicNumbers.OfAreaCode(wanted.AreaCode ?? "")
            : MagicNumbers.OfProvisioned(
                PhoneNumberValue.TryParse(wanted.Number, out var parsed) ? parsed.E164 : wanted.Number);
        if (error is not null) throw new TwilioException(error);
        if (!PhoneNumberValue.TryParse(MagicNumbers.Works, out var value))
            throw new InvalidOperationException("The magic number is a phone number.");
        PhoneNumber number = new(
            sids.New(SidPrefix.PhoneNumber), wanted.AccountSid, value, clock.Now(wanted.AccountSid));
        wanted.Configure(number);
        return number;
    }
}
