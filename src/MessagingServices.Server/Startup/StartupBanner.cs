using MessagingServices.Server.Api.WebConsole;
using MessagingServices.Server.Media;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Startup;

/// <summary>Says on the console, once the server serves, where it is and how to send a first message.</summary>
internal sealed class StartupBanner(
    IServer server, IDbContextFactory<MessagingDb> databases, AccountOptions account, ConsoleFolder console)
    : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var url = PublicUrl.Local(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var service = await ServiceWithSendersAsync(db, cancellationToken);
        Console.WriteLine($"""

              Messaging Services serves at {url}
              Swagger UI:   {url}/swagger
            {ConsoleLine(url)}  For agents:   {url}/llms.txt
              Account SID:  {account.Sid}
              Auth Token:   {account.AuthToken}
            """);
        if (service is not null)
        {
            Console.WriteLine($"""

                  Send a message through the Messaging Service "{service.FriendlyName}":

                {CurlCommand(url, service)}

                """);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string ConsoleLine(string url) =>
        console.IsServed ? $"  Console:      {url}{ConsoleFiles.Path}{Environment.NewLine}" : "";

    private string CurlCommand(string url, MessagingService service) =>
        $"curl -X POST {url}/2010-04-01/Accounts/{account.Sid}/Messages.json -u {account.Sid}:{account.AuthToken}"
        + $" --data-urlencode \"MessagingServiceSid={service.Sid}\" --data-urlencode \"To=+14155550123\""
        + " --data-urlencode \"Body=Hello from Messaging Services\"";

    private Task<MessagingService?> ServiceWithSendersAsync(
        MessagingDb db, CancellationToken cancellation) => db.MessagingServices.AsNoTracking()
        .Where(s => s.AccountSid == account.Sid && db.PoolSenders.Any(sender => sender.MessagingServiceSid == s.Sid))
        .OrderBy(s => s.Ordinal).FirstOrDefaultAsync(cancellation);
}
