using MessagingServices.Server.Api.WebConsole;
using MessagingServices.Server.Media;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace MessagingServices.Server.Startup;

/// <summary>Says on the console, once the server serves, where it is and how to send a first message.</summary>
internal sealed class StartupBanner(
    IServer server, NpgsqlDataSource database, AccountOptions account, ConsoleFolder console)
    : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var url = PublicUrl.Local(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "");
        var service = await ServiceWithSendersAsync(cancellationToken);
        Console.WriteLine($"""

              Messaging Services serves at {url}
              Swagger UI:   {url}/swagger
            {ConsoleLine(url)}  For agents:   {url}/llms.txt
              Account SID:  {account.Sid}
              Auth Token:   {account.AuthToken}
            """);
        if (service is [var sid, var name])
        {
            Console.WriteLine($"""

                  Send a message through the Messaging Service "{name}":

                {CurlCommand(url, sid)}

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

    private string CurlCommand(string url, string service) =>
        $"curl -X POST {url}/2010-04-01/Accounts/{account.Sid}/Messages.json -u {account.Sid}:{account.AuthToken}"
        + $" --data-urlencode \"MessagingServiceSid={service}\" --data-urlencode \"To=+14155550123\""
        + " --data-urlencode \"Body=Hello from Messaging Services\"";

    /// <summary>The SID and the name of the first Messaging Service with a sender; null if there is none.</summary>
    private async Task<string[]?> ServiceWithSendersAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string[]>(
            """
            SELECT ARRAY[sid, friendly_name] FROM messaging_services AS service
            WHERE account_sid = $1
                AND EXISTS (SELECT FROM pool_senders WHERE messaging_service_sid = service.sid)
            ORDER BY ordinal LIMIT 1
            """, cancellation, Scalar.Of(account.Sid))).SingleOrDefault();
    }
}
