using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Certificates that sign themselves.</summary>
internal static class SelfSigned
{
    /// <summary>A certificate of a host, with its key.</summary>
    public static X509Certificate2 For(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
