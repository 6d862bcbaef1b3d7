namespace MessagingServices.Server.Certificates;

/// <summary>Registers the development CA and the certificates that it signs.</summary>
internal static class CertificatesRegistration
{
    public static void AddCertificates(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DevelopmentAuthority>();
        builder.Services.AddSingleton<ServerCertificates>();
    }
}
