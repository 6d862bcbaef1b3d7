namespace MessagingServices.Server.Api.Http;

/// <summary>Addresses by which lists are filtered.</summary>
internal static class AddressFilter
{
    /// <summary>The one form in which the address is stored; what is no address stays as it is and matches nothing.</summary>
    public static string Normalise(string address) =>
        SenderAddress.Parse(address)?.Value ?? RecipientAddress.Parse(address).Address?.Value ?? address;
}
