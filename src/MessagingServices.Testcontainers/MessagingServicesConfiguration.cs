using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace MessagingServices.Testcontainers;

/// <summary>What a container is made with. Each change makes another one.</summary>
public sealed class MessagingServicesConfiguration : ContainerConfiguration
{
    /// <summary>The credentials, and nothing else.</summary>
    /// <param name="accountSid">The SID of the main account; null: unchanged.</param>
    /// <param name="authToken">Its Auth Token; null: unchanged.</param>
    public MessagingServicesConfiguration(string? accountSid = null, string? authToken = null) =>
        (AccountSid, AuthToken) = (accountSid, authToken);

    /// <summary>The configuration of any resource.</summary>
    /// <param name="resourceConfiguration">The other configuration.</param>
    public MessagingServicesConfiguration(IResourceConfiguration<CreateContainerParameters> resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    /// <summary>The configuration of any container.</summary>
    /// <param name="resourceConfiguration">The other configuration.</param>
    public MessagingServicesConfiguration(IContainerConfiguration resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    /// <summary>A configuration with changes.</summary>
    /// <param name="oldValue">The configuration.</param>
    /// <param name="newValue">The changes.</param>
    public MessagingServicesConfiguration(
        MessagingServicesConfiguration oldValue, MessagingServicesConfiguration newValue)
        : base(oldValue, newValue)
    {
        AccountSid = BuildConfiguration.Combine(oldValue.AccountSid, newValue.AccountSid);
        AuthToken = BuildConfiguration.Combine(oldValue.AuthToken, newValue.AuthToken);
    }

    /// <summary>The SID of the main account.</summary>
    public string? AccountSid { get; }

    /// <summary>The Auth Token of the main account.</summary>
    public string? AuthToken { get; }
}
