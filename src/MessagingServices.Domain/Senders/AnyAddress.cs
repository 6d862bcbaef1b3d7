namespace MessagingServices.Domain.Senders;

/// <summary>Addresses by which messages are searched, of senders and of recipients.</summary>
public static class AnyAddress
{
    /// <summary>
    /// The normalised address, as it is stored. A text that is not an address stays as it is and matches nothing.
    /// </summary>
    public static string Normalise(string address) =>
        SenderAddress.Parse(address)?.Value ?? RecipientAddress.Parse(address).Address?.Value ?? address;
}
