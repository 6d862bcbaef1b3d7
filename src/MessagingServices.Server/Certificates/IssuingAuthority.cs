using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MessagingServices.Server.Certificates;

/// <summary>The development CA with its key. It signs certificates for names of one domain only.</summary>
internal sealed class IssuingAuthority
{
    /// <summary>The domain of all names that it may sign for.</summary>
    public const string Domain = "twilio.com";

    /// <summary>How the names of all development CAs begin.</summary>
    public const string NamePrefix = "Messaging Services development CA ";

    // Clients refuse certificates of more than 397 days. The day is for clocks that are behind.
    private static readonly TimeSpan LeafLife = TimeSpan.FromDays(395);
    private static readonly TimeSpan ClockDifference = TimeSpan.FromDays(1);
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(20 * 365);
    private const int MaxCommonName = 64;
    private const int SerialBytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2 certificate;

    private IssuingAuthority(X509Certificate2 certificate) => this.certificate = certificate;

    /// <summary>The certificate (DER).</summary>
    public byte[] Certificate => certificate.RawData;

    /// <summary>The certificate as text.</summary>
    public string Pem => certificate.ExportCertificatePem() + "\n";

    /// <summary>Names this CA among all: hexadecimal, the same on every server of the database.</summary>
    public string Fingerprint => FingerprintOf(certificate);

    /// <summary>The fingerprint of a CA's certificate.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256))[..16];

    /// <summary>Makes a new one. Returns its certificate (DER) and its private key (PKCS #8).</summary>
    public static (byte[] Certificate, byte[] PrivateKey) Create(DateTimeOffset now)
    {
        using var key = NewKey();
        var keyId = new X509SubjectKeyIdentifierExtension(new PublicKey(key), critical: false);
        var request = new CertificateRequest(
            Subject($"{NamePrefix}{keyId.SubjectKeyIdentifier![..8].ToLowerInvariant()}"), key,
            HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(NameConstraints.Only(Domain));
        request.CertificateExtensions.Add(keyId);
        using var made = request.CreateSelfSigned(now - ClockDifference, now + AuthorityLife);
        return (made.RawData, key.ExportPkcs8PrivateKey());
    }

    /// <summary>Reads a stored one.</summary>
    /// <param name="certificate">The certificate (DER).</param>
    /// <param name="privateKey">The private key (PKCS #8).</param>
    public static IssuingAuthority Read(byte[] certificate, byte[] privateKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        using var shown = X509CertificateLoader.LoadCertificate(certificate);
        return new(shown.CopyWithPrivateKey(key));
    }

    /// <summary>Makes a server's certificate for exactly one name, with a key of its own.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <param name="now">Real time.</param>
    public X509Certificate2 Issue(string name, DateTimeOffset now)
    {
        using var key = NewKey();
        var request = new CertificateRequest(
            Subject(name.Length <= MaxCommonName ? name : null), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        using var made = request.Create(
            certificate, now - ClockDifference, now + LeafLife < end ? now + LeafLife : end, NewSerial());
        using var leaf = made.CopyWithPrivateKey(key);
        // Windows' TLS takes only keys that were imported.
        return X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static X500DistinguishedName Subject(string? commonName)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("Messaging Services");
        if (commonName is not null) subject.AddCommonName(commonName);
        return subject.Build();
    }

    /// <summary>A positive number, as X.509 demands.</summary>
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }
}
