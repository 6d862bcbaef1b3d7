using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MessagingServices.Server.Certificates;

namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>The CAs that this system trusts.</summary>
internal static class SystemCertificates
{
    /// <summary>Reads them, without development CAs: those of other databases are of no use.</summary>
    public static List<X509Certificate2> Read()
    {
        Dictionary<string, X509Certificate2> found = new(StringComparer.Ordinal);
        foreach (var location in (StoreLocation[])[StoreLocation.LocalMachine, StoreLocation.CurrentUser])
        {
            try
            {
                using var store = new X509Store(StoreName.Root, location, OpenFlags.ReadOnly);
                foreach (var certificate in store.Certificates)
                {
                    if (!certificate.Subject.Contains(IssuingAuthority.NamePrefix, StringComparison.Ordinal))
                        found.TryAdd(certificate.Thumbprint, certificate);
                }
            }
            catch (CryptographicException)
            {
                // This system has no such store.
            }
        }

        return [.. found.Values];
    }
}
