using MessagingServices.Server.Agents;
using MessagingServices.Server.Api;
using MessagingServices.Server.Certificates;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using MessagingServices.Server.Inbound;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Proxy;
using MessagingServices.Server.Seeding;
using MessagingServices.Server.Startup;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Webhooks;

return await ServerHost.RunAsync(args, Console.Out, Console.Error);

/// <summary>The entry point; named so that tests can host the server.</summary>
public partial class Program
{
    /// <summary>Makes the server without its request pipeline.</summary>
    internal static WebApplication Build(string[] args)
    {
        var builder = Hosting.CreateBuilder(args);
        NewDatabase.Prepare(builder.Configuration);
        builder.AddData();
        builder.AddCertificates();
        builder.AddTelemetry();
        builder.AddEvents();
        builder.AddEngine();
        builder.AddOutgoingHttp();
        builder.AddWebhooks();
        builder.AddMedia();
        builder.AddProvisioning();
        builder.AddOutbound();
        builder.AddConversations();
        builder.AddInbound();
        builder.AddEmulator();
        builder.AddApi();
        builder.AddSeeding();
        builder.AddAgents();
        builder.AddProxy();
        builder.AddPipelineLoop();
        return builder.Build();
    }

    /// <summary>Adds the request pipeline.</summary>
    internal static void UsePipeline(WebApplication app)
    {
        app.UseErrors().UseProxy().UseApi().MapAgents().MapMetrics();
        // The first request builds the endpoints, and compiles what that takes. Controllers keep those that exist.
        foreach (var source in ((IEndpointRouteBuilder)app).DataSources) _ = source.Endpoints;
    }
}
