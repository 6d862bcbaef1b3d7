using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>
/// A trust store for Java: PKCS #12 with certificates only, which are no secret.
/// </summary>
internal static class JavaTrustStore
{
    /// <summary>The password that Java's own trust store has.</summary>
    public const string Password = "changeit";

    // Java takes a certificate without a key for a trusted one only with this attribute of Oracle's.
    private const string TrustedKeyUsage = "2.16.840.1.113894.746875.1.1";
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";
    private const string FriendlyName = "1.2.840.113549.1.9.20";
    private const int Iterations = 2048;

    /// <summary>Makes one.</summary>
    public static byte[] Of(IEnumerable<X509Certificate2> certificates)
    {
        var contents = new Pkcs12SafeContents();
        var number = 0;
        foreach (var certificate in certificates)
        {
            var bag = contents.AddCertificate(certificate);
            bag.Attributes.Add(new AsnEncodedData(TrustedKeyUsage, Encode(
                writer => writer.WriteObjectIdentifier(AnyExtendedKeyUsage))));
            bag.Attributes.Add(new AsnEncodedData(FriendlyName, Encode(writer => writer.WriteCharacterString(
                UniversalTagNumber.BMPString, string.Create(CultureInfo.InvariantCulture, $"ca{number++}")))));
        }

        var store = new Pkcs12Builder();
        store.AddSafeContentsUnencrypted(contents);
        // Older versions of Java 8 know no other hash here.
        store.SealWithMac(Password, HashAlgorithmName.SHA1, Iterations);
        return store.Encode();
    }

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
