using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace MessagingServices.Server.Certificates;

/// <summary>
/// The extension that limits a CA to the names of one domain, and to no IP address. Source: RFC 5280, 4.2.1.10.
/// </summary>
internal static class NameConstraints
{
    private const string ObjectId = "2.5.29.30";
    private const int DnsName = 2;
    private const int IpAddress = 7;
    private const int PermittedSubtrees = 0;
    private const int ExcludedSubtrees = 1;

    // An address and its mask: all zeros are all addresses.
    private static readonly byte[] AllIpV4 = new byte[2 * 4];
    private static readonly byte[] AllIpV6 = new byte[2 * 16];

    /// <summary>Permits a domain with all names below it, and excludes all IP addresses.</summary>
    public static X509Extension Only(string domain)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new(TagClass.ContextSpecific, PermittedSubtrees)))
            using (writer.PushSequence())
                writer.WriteCharacterString(UniversalTagNumber.IA5String, domain, Name(DnsName));
            using (writer.PushSequence(new(TagClass.ContextSpecific, ExcludedSubtrees)))
            {
                using (writer.PushSequence()) writer.WriteOctetString(AllIpV4, Name(IpAddress));
                using (writer.PushSequence()) writer.WriteOctetString(AllIpV6, Name(IpAddress));
            }
        }

        return new(ObjectId, writer.Encode(), critical: true);
    }

    private static Asn1Tag Name(int kind) => new(TagClass.ContextSpecific, kind);
}
