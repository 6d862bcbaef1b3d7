using MessagingServices.Server.Api;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Inbound;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Startup;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Webhooks;

return await ServerHost.RunAsync(() => Program.Build(args), Console.Error);

/// <summary>The entry point; named so that tests can host the server.</summary>
public partial class Program
{
    /// <summary>Makes the whole server from its command line, without starting it.</summary>
    internal static WebApplication Build(string[] args)
    {
        // The settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddHosting();
        builder.AddTelemetry();
        builder.AddPersistence();
        builder.AddMessaging();
        builder.AddConversations();
        builder.AddInbound();
        builder.AddWebhooks();
        builder.AddMedia();
        builder.AddPipeline();
        builder.AddApi();

        var app = builder.Build();
        app.UseApi();
        app.MapMetrics();
        return app;
    }
}
