using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MessagingServices.Aspire.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Testing.Tests;

/// <summary>The resource for Aspire: what an application host is told of it.</summary>
public sealed class AspireTests(Sms sms)
{
    [Fact]
    public async Task The_server_is_a_tool_of_the_same_version_that_listens_on_loopback()
    {
        var server = Add(out _);

        var arguments = (await ConfigureAsync(server.Resource)).Arguments.Select(argument => argument.Value);

        Assert.Equal(
            ["tool", "exec", "MessagingServices", "--version", "0.1.0", "--yes", "--", "--urls",
                $"http://127.0.0.1:{sms.Emulator.Url.Port}", "--EmbeddedPostgres:Ephemeral=true"],
            arguments);
    }

    [Fact]
    public async Task It_has_an_endpoint_a_health_check_and_a_connection_string()
    {
        var server = Add(out _);
        var url = $"http://127.0.0.1:{sms.Emulator.Url.Port}";

        Assert.Equal(("http", 9090), (server.Resource.PrimaryEndpoint.EndpointName, Endpoint(server).Port));
        Assert.Single(server.Resource.Annotations.OfType<HealthCheckAnnotation>());
        Assert.Contains(server.Resource.Annotations.OfType<ResourceCommandAnnotation>(),
            command => command.DisplayName == "Remove messages");
        Assert.Equal(
            $"Endpoint={url};AccountSid=AC00000000000000000000000000000001;AuthToken=0123456789abcdef0123456789abcdef",
            await server.Resource.ConnectionStringExpression.GetValueAsync(default));
    }

    [Fact]
    public async Task A_dependent_application_waits_for_it_and_has_the_environment_of_Twilios_SDKs()
    {
        var server = Add(out var builder);
        var app = builder.AddExecutable("app", "dotnet", ".").WithEnvironment("NO_PROXY", "*.local")
            .WithTwilioEnvironment(server);

        var variables = (await ConfigureAsync(app.Resource)).EnvironmentVariables.ToDictionary();

        Assert.Equal("AC00000000000000000000000000000001", variables["TWILIO_ACCOUNT_SID"]);
        Assert.Equal("0123456789abcdef0123456789abcdef", variables["TWILIO_AUTH_TOKEN"]);
        Assert.Equal($"http://127.0.0.1:{sms.Emulator.Url.Port}", variables["HTTPS_PROXY"]);
        Assert.Equal("*.local", variables["NO_PROXY"]);
        Assert.EndsWith("bundle.pem", variables["SSL_CERT_FILE"], StringComparison.Ordinal);
        Assert.Same(server.Resource, Assert.Single(app.Resource.Annotations.OfType<WaitAnnotation>()).Resource);
    }

    [Fact]
    public async Task A_reference_names_the_server()
    {
        var server = Add(out var builder);
        var app = builder.AddExecutable("app", "dotnet", ".").WithReference(server);

        var variables = (await ConfigureAsync(app.Resource)).EnvironmentVariables.ToDictionary();

        Assert.StartsWith(
            "Endpoint=http://127.0.0.1:", variables["ConnectionStrings__twilio"], StringComparison.Ordinal);
        Assert.Equal($"http://127.0.0.1:{sms.Emulator.Url.Port}", variables["TWILIO_URI"]);
        Assert.Equal("AC00000000000000000000000000000001", variables["TWILIO_ACCOUNTSID"]);
    }

    /// <summary>Adds the resource to a host that has given it the port of the server that runs.</summary>
    private IResourceBuilder<MessagingServicesResource> Add(out IDistributedApplicationBuilder builder)
    {
        builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var server = builder.AddMessagingServices("twilio", 9090);
        var endpoint = Endpoint(server);
        endpoint.AllocatedEndpoint = new(
            endpoint, "127.0.0.1", sms.Emulator.Url.Port, targetPortExpression: $"{sms.Emulator.Url.Port}");
        return server;
    }

    /// <summary>What the application host starts a resource with.</summary>
    private static Task<IExecutionConfigurationResult> ConfigureAsync(IResource resource) =>
        ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig().WithEnvironmentVariablesConfig()
            .BuildAsync(new(DistributedApplicationOperation.Run), NullLogger.Instance, default);

    private static EndpointAnnotation Endpoint(IResourceBuilder<MessagingServicesResource> server) =>
        Assert.Single(server.Resource.Annotations.OfType<EndpointAnnotation>());
}
