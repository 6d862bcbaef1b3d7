namespace MessagingServices.Server.Api.Http;

/// <summary>Addresses by which lists are filtered.</summary>
internal static class AddressFilter
{
    /// <summary>
    /// The normalized address, as it is stored. A text that is not an address stays as it is and matches nothing.
    /// </summary>
    public static string Normalise(string address) =>
        SenderAddress.Parse(address)?.Value ?? RecipientAddress.Parse(address).Address?.Value ?? address;
}
