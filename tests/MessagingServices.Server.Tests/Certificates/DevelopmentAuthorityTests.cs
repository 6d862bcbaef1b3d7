using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MessagingServices.Server.Certificates;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MessagingServices.Server.Tests.Certificates;

/// <summary>Who trusts the development CA gives it Twilio's names, and no other host.</summary>
public sealed class DevelopmentAuthorityTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Servers_that_start_at_once_have_one_CA()
    {
        var servers = Enumerable.Range(0, 4).Select(_ => New()).ToList();

        var found = await Task.WhenAll(servers.Select(server => server.GetAsync(CancellationToken.None)));

        Assert.Single(found.Select(authority => authority.Pem).Distinct());
        Assert.Equal(found[0].Pem, (await New().GetAsync(CancellationToken.None)).Pem);
    }

    [Fact]
    public async Task OpenSSL_accepts_a_name_of_Twilio_and_refuses_all_others()
    {
        var authority = await New().GetAsync(CancellationToken.None);
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        await File.WriteAllTextAsync(folder["ca.pem"], authority.Pem);

        Assert.Equal(0, await VerifyAsync(folder, "api.twilio.com", await IssueAsync("api.twilio.com")));
        Assert.Equal(0, await VerifyAsync(
            folder, "messaging.dublin.ie1.twilio.com", await IssueAsync("messaging.dublin.ie1.twilio.com")));
        Assert.NotEqual(0, await VerifyAsync(folder, "example.com", await IssueAsync("example.com")));
        Assert.NotEqual(0, await VerifyAsync(
            folder, "twilio.com.example.com", await IssueAsync("twilio.com.example.com")));
        Assert.NotEqual(0, await VerifyAsync(folder, "127.0.0.1", await SignAsync(
            names => names.AddIpAddress(System.Net.IPAddress.Loopback)), "-verify_ip"));
        Assert.NotEqual(0, await VerifyAsync(folder, "::1", await SignAsync(
            names => names.AddIpAddress(System.Net.IPAddress.IPv6Loopback)), "-verify_ip"));
    }

    [Fact]
    public async Task A_certificate_is_strict_and_short()
    {
        using var leaf = await IssueAsync("api.twilio.com");

        Assert.True(leaf.NotAfter - leaf.NotBefore <= TimeSpan.FromDays(397));
        Assert.Equal(["api.twilio.com"],
            leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Equal(X509KeyUsageFlags.DigitalSignature,
            leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.Equal("1.3.6.1.5.5.7.3.1",
            leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        var authority = await New().GetAsync(CancellationToken.None);
        using var ca = X509CertificateLoader.LoadCertificate(authority.Certificate);
        Assert.Equal(
            ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier,
            Convert.ToHexString(leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single()
                .KeyIdentifier!.Value.Span));
        Assert.NotNull(leaf.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier);
        var constraints = ca.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.True(constraints is { CertificateAuthority: true, HasPathLengthConstraint: true, Critical: true });
        Assert.Equal(0, constraints.PathLengthConstraint);
    }

    [Fact]
    public async Task The_memory_has_a_limit_and_certificates_are_replaced_before_they_expire()
    {
        await New().GetAsync(CancellationToken.None);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(2));
        var certificates = new ServerCertificates(New(time), time);
        var first = await certificates.OptionsForAsync("api.twilio.com", CancellationToken.None);
        Assert.Same(first.ServerCertificateContext,
            (await certificates.OptionsForAsync("API.twilio.com.", CancellationToken.None)).ServerCertificateContext);

        time.Advance(TimeSpan.FromDays(366));
        var second = await certificates.OptionsForAsync("api.twilio.com", CancellationToken.None);
        Assert.NotSame(first.ServerCertificateContext, second.ServerCertificateContext);
        Assert.True(second.ServerCertificateContext!.TargetCertificate.NotAfter > time.GetUtcNow().AddDays(300));

        for (var i = 0; i < ServerCertificates.MaxKept + 10; i++)
            await certificates.OptionsForAsync($"n{i}.twilio.com", CancellationToken.None);
        Assert.Equal(ServerCertificates.MaxKept, certificates.Count);
    }

    [Theory]
    [InlineData("api.twilio.com", "api.twilio.com")]
    [InlineData("API.Twilio.com.", "api.twilio.com")]
    [InlineData("twilio.com", "twilio.com")]
    [InlineData("nottwilio.com", null)]
    [InlineData("twilio.com.example.com", null)]
    [InlineData(".twilio.com", null)]
    [InlineData("*.twilio.com", null)]
    [InlineData("a b.twilio.com", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_names_of_the_domain_are_names(string? host, string? name) =>
        Assert.Equal(name, ServerCertificates.NameOf(host));

    private DevelopmentAuthority New(TimeProvider? time = null) =>
        new(new Databases(database), time ?? TimeProvider.System);

    private async Task<X509Certificate2> IssueAsync(string name) =>
        (await New().GetAsync(CancellationToken.None)).Issue(name, TimeProvider.System.GetUtcNow());

    /// <summary>Signs with the stolen key what the server never would.</summary>
    private async Task<X509Certificate2> SignAsync(Action<SubjectAlternativeNameBuilder> name)
    {
        await New().GetAsync(CancellationToken.None);
        await using var db = new Databases(database).CreateDbContext();
        var stored = await db.StoredAuthorities.SingleAsync();
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(stored.PrivateKey, out _);
        using var shown = X509CertificateLoader.LoadCertificate(stored.Certificate);
        using var ca = shown.CopyWithPrivateKey(key);
        using var own = ECDsa.Create();
        var request = new CertificateRequest("CN=other", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        name(names);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(ca, ca.NotBefore, ca.NotAfter, [1]);
    }

    private static async Task<int> VerifyAsync(
        TemporaryFolder folder, string host, X509Certificate2 leaf, string check = "-verify_hostname")
    {
        await File.WriteAllTextAsync(folder["leaf.pem"], leaf.ExportCertificatePem());
        leaf.Dispose();
        return (await Command.RunAsync("openssl",
            ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", folder["ca.pem"], check, host,
                folder["leaf.pem"]])).ExitCode;
    }

    private sealed class Databases(PostgresDatabase database) : IDbContextFactory<MessagingDb>
    {
        public MessagingDb CreateDbContext() => new(
            new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);
    }
}
