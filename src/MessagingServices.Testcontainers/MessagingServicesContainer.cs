using DotNet.Testcontainers.Containers;

namespace MessagingServices.Testcontainers;

/// <summary>
/// A container with the server. The library <c>MessagingServices.Testing</c> connects to it: with its address, SID and
/// token in <c>EmulatorOptions</c>.
/// </summary>
public sealed class MessagingServicesContainer : DockerContainer
{
    private readonly MessagingServicesConfiguration configuration;

    /// <summary>Creates the container's object; <see cref="MessagingServicesBuilder.Build"/> does so.</summary>
    /// <param name="configuration">What it is made with.</param>
    public MessagingServicesContainer(MessagingServicesConfiguration configuration)
        : base(configuration) => this.configuration = configuration;

    /// <summary>The SID of the main account.</summary>
    public string AccountSid => configuration.AccountSid!;

    /// <summary>The Auth Token of the main account.</summary>
    public string AuthToken => configuration.AuthToken!;

    /// <summary>
    /// The address at which the machine of the tests reaches the server, once the container is started.
    /// </summary>
    /// <returns>Such as <c>http://127.0.0.1:49153/</c>.</returns>
    public string GetBaseAddress() => new UriBuilder(
        Uri.UriSchemeHttp, Hostname, GetMappedPublicPort(MessagingServicesBuilder.MessagingServicesPort)).ToString();
}
