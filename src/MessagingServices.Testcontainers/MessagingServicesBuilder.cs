using System.Security.Cryptography;
using System.Text;
using Docker.DotNet.Models;
using DotNet.Testcontainers;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace MessagingServices.Testcontainers;

/// <summary>
/// Configures a container with the server and a PostgreSQL of its own, which ends with it. It is started when
/// <c>/readyz</c> answers. Its Auth Token is a random one, for its port is open to the network.
/// </summary>
public sealed class MessagingServicesBuilder
    : ContainerBuilder<MessagingServicesBuilder, MessagingServicesContainer, MessagingServicesConfiguration>
{
    /// <summary>The port of the server in the container.</summary>
    public const ushort MessagingServicesPort = 8080;

    /// <summary>The SID of the account without <see cref="WithAccount"/>.</summary>
    public const string DefaultAccountSid = "AC00000000000000000000000000000001";

    private const string SeedPath = "/seed/seed.json";

    /// <summary>Configures a container of an image.</summary>
    /// <param name="image">The name of the image with its tag.</param>
    public MessagingServicesBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <summary>Configures a container of an image.</summary>
    /// <param name="image">The image, which may be one that Testcontainers builds.</param>
    public MessagingServicesBuilder(IImage image)
        : this(new MessagingServicesConfiguration()) =>
        DockerResourceConfiguration = Init().WithImage(image).DockerResourceConfiguration;

    private MessagingServicesBuilder(MessagingServicesConfiguration configuration)
        : base(configuration) => DockerResourceConfiguration = configuration;

    /// <inheritdoc/>
    protected override MessagingServicesConfiguration DockerResourceConfiguration { get; }

    /// <summary>Sets the credentials of the main account.</summary>
    /// <param name="sid"><c>AC</c> and 32 hexadecimal digits in lower case.</param>
    /// <param name="token">8 to 128 letters and digits.</param>
    public MessagingServicesBuilder WithAccount(string sid, string token) =>
        Merge(DockerResourceConfiguration, new MessagingServicesConfiguration(sid, token))
            .WithEnvironment("Account__Sid", sid)
            .WithEnvironment("Account__AuthToken", token);

    /// <summary>
    /// The clocks of all accounts stand still from their beginning, and move only by the emulator API.
    /// </summary>
    public MessagingServicesBuilder WithFrozenClock() => WithEnvironment("Clock__Frozen", "true");

    /// <summary>What the main account has from the beginning, in place of the built-in seed.</summary>
    /// <param name="json">
    /// The seed: <c>phone_numbers</c>, <c>short_codes</c>, <c>channel_senders</c>, <c>messaging_services</c>.
    /// </param>
    public MessagingServicesBuilder WithSeed(string json) =>
        WithResourceMapping(Encoding.UTF8.GetBytes(json), SeedPath).WithEnvironment("Seed__File", SeedPath);

    /// <inheritdoc/>
    public override MessagingServicesContainer Build()
    {
        Validate();
        return new(DockerResourceConfiguration);
    }

    /// <inheritdoc/>
    protected override MessagingServicesBuilder Init() => base.Init()
        .WithPortBinding(MessagingServicesPort, assignRandomHostPort: true)
        .WithEnvironment("EmbeddedPostgres__Ephemeral", "true")
        .WithAccount(DefaultAccountSid, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant())
        .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(
            request => request.ForPath("/readyz").ForPort(MessagingServicesPort)));

    /// <inheritdoc/>
    protected override void Validate()
    {
        base.Validate();
        _ = Guard.Argument(DockerResourceConfiguration.AccountSid, nameof(WithAccount)).NotNull().NotEmpty();
        _ = Guard.Argument(DockerResourceConfiguration.AuthToken, nameof(WithAccount)).NotNull().NotEmpty();
    }

    /// <inheritdoc/>
    protected override MessagingServicesBuilder Clone(
        IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new MessagingServicesConfiguration(resourceConfiguration));

    /// <inheritdoc/>
    protected override MessagingServicesBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new MessagingServicesConfiguration(resourceConfiguration));

    /// <inheritdoc/>
    protected override MessagingServicesBuilder Merge(
        MessagingServicesConfiguration oldValue, MessagingServicesConfiguration newValue) =>
        new(new MessagingServicesConfiguration(oldValue, newValue));
}
