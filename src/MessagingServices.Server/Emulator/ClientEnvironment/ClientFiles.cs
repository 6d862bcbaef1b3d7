using System.Security.Cryptography.X509Certificates;
using System.Text;
using MessagingServices.Server.Certificates;

namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>The files that unmodified applications need, and their folder.</summary>
internal sealed class ClientFiles(DevelopmentAuthority authority)
{
    private readonly Lock gate = new();
    private IReadOnlyList<ClientFile>? made;

    /// <summary>Returns the files.</summary>
    public async Task<IReadOnlyList<ClientFile>> MakeAsync(CancellationToken cancellation)
    {
        var issuer = await authority.GetAsync(cancellation);
        lock (gate) return made ??= Make(issuer);
    }

    /// <summary>Writes the files to the folder of this database, unless they are there. Returns the folder.</summary>
    /// <exception cref="TwilioException">20001 when the folder cannot be written.</exception>
    public async Task<string> WriteAsync(CancellationToken cancellation)
    {
        var files = await MakeAsync(cancellation);
        var folder = ClientFolder.Of((await authority.GetAsync(cancellation)).Fingerprint);
        try
        {
            ClientFolder.Write(folder, files);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"The server cannot write {folder} ({failure.Message}): download the files, and name their folder by "
                + "Directory"));
        }

        return folder;
    }

    private static List<ClientFile> Make(IssuingAuthority issuer)
    {
        using var own = X509CertificateLoader.LoadCertificate(issuer.Certificate);
        var system = SystemCertificates.Read();
        List<X509Certificate2> all = [own, .. system];
        var bundle = string.Concat(all.Select(certificate => certificate.ExportCertificatePem() + "\n"));
        List<ClientFile> files =
        [
            new(ClientFile.Authority, "application/x-pem-file", Encoding.ASCII.GetBytes(issuer.Pem)),
            new(ClientFile.Bundle, "application/x-pem-file", Encoding.ASCII.GetBytes(bundle)),
            new(ClientFile.TrustStore, "application/x-pkcs12", JavaTrustStore.Of(all)),
            new(ClientFile.Preload, "text/javascript; charset=utf-8", Read(ClientFile.Preload)),
            new(ClientFile.Customize, "text/x-python; charset=utf-8", Read(ClientFile.Customize)),
            new(ClientFile.PhpSettings, "text/plain; charset=utf-8", Read(ClientFile.PhpSettings)),
        ];
        system.ForEach(certificate => certificate.Dispose());
        return files;
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(ClientFiles).Assembly.GetManifestResourceStream(typeof(ClientFiles), name)
            ?? throw new InvalidOperationException($"The file {name} is missing.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
