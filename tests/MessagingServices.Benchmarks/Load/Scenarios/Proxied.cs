using System.Security.Cryptography.X509Certificates;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// What the server's proxy costs: an application that comes through it, by https, and one that does not use it.
/// </summary>
internal sealed class Proxied : LoadBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 7;
    private const string Host = "api.twilio.com";

    public override string Name => "proxy";

    public override string Question => "accepting messages through the server's proxy, beside it, and without it";

    public override async Task RunAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync("--Pipeline:Stages=");
        await using var without = await run.StartServerAsync("--Pipeline:Stages=", "--Proxy:Enabled=false");
        using HttpClient client = new();
        using var authority = X509Certificate2.CreateFromPem(
            await client.GetStringAsync(new Uri($"{server.Url}/emulator/v1/Environment/ca.pem"), run.Cancellation));
        var proxied = MessageCall.To($"https://{Host}", RunningServer.Credentials, server.MessagingServiceSid)
            with { Url = new(server.Url) };
        List<Side> sides =
        [
            new("http, Proxy:Enabled=false", without, Direct(without), null),
            new("http, beside the proxy", server, Direct(server), null),
            new("https, through the proxy", server, proxied, new(Host, authority)),
        ];
        var messages = run.Options.Choose(20_000, 1_000);
        foreach (var side in sides) await SendAsync(side, run.Options.WarmUpRequests);
        for (var round = 1; round <= run.Options.Choose(Rounds, 1); round++)
        {
            foreach (var side in sides)
            {
                await side.Server.Database.EmptyAsync(run.Cancellation);
                var before = ProcessUse.CpuSeconds(side.Server.ProcessId);
                var accepted = await SendAsync(side, messages);
                side.Rounds.Add(new(
                    accepted.PerSecond, (ProcessUse.CpuSeconds(side.Server.ProcessId) - before) / messages));
                run.Progress($"{side.Name}, round {round}: {Show.PerSecond(accepted.PerSecond)} a second");
            }
        }

        var table = new TextTable("64 connections", "accepted/s", "µs of the server a message");
        foreach (var side in sides)
            table.Add(side.Name, Show.PerSecond(Median(side.Rounds, round => round.PerSecond)),
                Show.Microseconds(Median(side.Rounds, round => round.Cpu)));
        run.Say(table.ToString());
        var rates = sides.Select(side => Median(side.Rounds, round => round.PerSecond)).ToList();
        run.Note("a proxy that nobody uses costs less than 5 % of the accepted messages",
            Show.Ratio(rates[1] / rates[0]), rates[1] / rates[0] >= 0.95);
        run.Note("through the proxy at least half as many messages are accepted",
            Show.Ratio(rates[2] / rates[1]), rates[2] / rates[1] >= 0.5);

        async Task<Round> SendAsync(Side side, int count) => (await ClosedLoop.SendAsync(
            [side.Call], Connections, count, run.Cancellation, side.Tunnel)).AllOf(201);
    }

    private static MessageCall Direct(RunningServer server) =>
        MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);

    private static double Median(IEnumerable<Measured> rounds, Func<Measured, double> figure) =>
        rounds.Select(figure).Order().ToList().Median();

    /// <summary>A way to a server.</summary>
    private sealed record Side(string Name, RunningServer Server, MessageCall Call, Tunnel? Tunnel)
    {
        public List<Measured> Rounds { get; } = [];
    }

    /// <summary>A round.</summary>
    /// <param name="PerSecond">Messages accepted a second.</param>
    /// <param name="Cpu">Seconds of the server's processor time a message.</param>
    private sealed record Measured(double PerSecond, double Cpu);
}
