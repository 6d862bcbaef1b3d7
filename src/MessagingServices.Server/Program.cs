using MessagingServices.Server;
using MessagingServices.Server.Api;
using MessagingServices.Server.Messaging;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Pipeline;
using MessagingServices.Server.Webhooks;

return await Startup.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHosting();
    builder.AddPersistence();
    builder.AddMessaging();
    builder.AddWebhooks();
    builder.AddPipeline();
    builder.AddApi();

    var app = builder.Build();
    app.UseApi();
    return app;
});

/// <summary>The entry point; named so that tests can host the server.</summary>
public partial class Program;
