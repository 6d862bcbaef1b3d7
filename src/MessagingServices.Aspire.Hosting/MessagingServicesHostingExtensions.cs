using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using MessagingServices.Aspire.Hosting;
using Microsoft.Extensions.Logging;

// Extension methods are found without another using where Aspire's own are.
namespace Aspire.Hosting;

/// <summary>Adds the server to an Aspire application host.</summary>
public static partial class MessagingServicesHostingExtensions
{
    private static readonly string Version = typeof(MessagingServicesResource).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// Adds a server in place of Twilio. It is the .NET tool <c>MessagingServices</c> in the version of this library,
    /// which the .NET 10 SDK downloads from the NuGet feeds of the folder.
    /// </summary>
    /// <param name="builder">The application host.</param>
    /// <param name="name">The name of the resource, such as <c>twilio</c>.</param>
    /// <param name="port">Its port on this machine; null: any.</param>
    public static IResourceBuilder<MessagingServicesResource> AddMessagingServices(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        MessagingServicesResource resource = new(name);
        var target = resource.PrimaryEndpoint.Property(EndpointProperty.TargetPort);
        return builder.AddDotnetTool(resource)
            .WithToolVersion(Version)
            .WithHttpEndpoint(port, name: MessagingServicesResource.EndpointName)
            .WithArgs(context =>
            {
                // A port alone would be open to the network, where the default token is refused.
                context.Args.Add("--urls");
                context.Args.Add(ReferenceExpression.Create($"http://127.0.0.1:{target}"));
                context.Args.Add("--EmbeddedPostgres:Ephemeral=true");
            })
            .WithHttpHealthCheck("/readyz", endpointName: MessagingServicesResource.EndpointName)
            .WithUrlForEndpoint(MessagingServicesResource.EndpointName, url =>
            {
                url.DisplayText = "Console";
                url.Url = "/console";
            })
            .WithHttpCommand(
                "/emulator/v1/Reset", "Remove messages", MessagingServicesResource.EndpointName,
                commandOptions: new()
                {
                    Description = "Removes messages, webhooks, opt-outs and faults. Numbers and services stay.",
                    IconName = "Broom",
                    PrepareRequest = context =>
                    {
                        context.Request.Headers.Authorization = Credentials(resource);
                        return Task.CompletedTask;
                    },
                })
            .ExcludeFromManifest();
    }

    /// <summary>
    /// Sets the environment with which an unmodified application calls the server instead of Twilio: the credentials
    /// that Twilio's SDKs read, the server as the proxy for https, and the certificates to trust. The application
    /// starts when the server is ready. Variables that it has already stay.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="server">The server.</param>
    public static IResourceBuilder<T> WithTwilioEnvironment<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<MessagingServicesResource> server)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(server);
        if (builder is IResourceBuilder<IResourceWithWaitSupport> waiting) waiting.WaitFor(server);
        return builder.WithReferenceRelationship(server.Resource).WithEnvironment(async context =>
        {
            if (context.ExecutionContext.IsPublishMode) return;
            var (variables, resource) = (context.EnvironmentVariables, server.Resource);
            variables.TryAdd("TWILIO_ACCOUNT_SID", resource.AccountSid);
            variables.TryAdd("TWILIO_AUTH_TOKEN", resource.AuthToken);
            variables.TryAdd("HTTPS_PROXY", resource.UriExpression);
            variables.TryAdd("NO_PROXY", "localhost,127.0.0.1");
            foreach (var (name, value) in await ReadAsync(resource, context).ConfigureAwait(false))
                variables.TryAdd(name, value);
        });
    }

    private static AuthenticationHeaderValue Credentials(MessagingServicesResource resource) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{resource.AccountSid}:{resource.AuthToken}")));

    /// <summary>The variables that name the server's files, such as its certificates.</summary>
    private static async Task<Dictionary<string, string>> ReadAsync(
        MessagingServicesResource resource, EnvironmentCallbackContext context)
    {
        if (!resource.PrimaryEndpoint.IsAllocated) return [];
        try
        {
            using HttpClient http = new() { BaseAddress = new(resource.PrimaryEndpoint.Url) };
            http.DefaultRequestHeaders.Authorization = Credentials(resource);
            return await http.GetFromJsonAsync<Dictionary<string, string>>(
                "/emulator/v1/Environment?Format=json", context.CancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (HttpRequestException failure)
        {
            LogNoAnswer(context.Logger, resource.Name, failure);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Server} does not answer: applications will not trust its certificates")]
    private static partial void LogNoAnswer(ILogger logger, string server, Exception failure);
}
