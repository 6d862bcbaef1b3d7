using System.Security.Cryptography.X509Certificates;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>What an application pays that comes through the server's proxy, by https.</summary>
internal sealed class Proxied : LoadBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 5;
    private const string Host = "api.twilio.com";

    public override string Name => "proxy";

    public override string Question => "accepting messages through the server's proxy, by https, against plain http";

    public override async Task RunAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync("--Pipeline:Stages=");
        using HttpClient client = new();
        using var authority = X509Certificate2.CreateFromPem(
            await client.GetStringAsync(new Uri($"{server.Url}/emulator/v1/Environment/ca.pem"), run.Cancellation));
        var direct = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
        var proxied = MessageCall.To($"https://{Host}", RunningServer.Credentials, server.MessagingServiceSid)
            with { Url = new(server.Url) };
        List<(string Name, MessageCall Call, Tunnel? Tunnel, List<Measured> Rounds)> sides =
        [
            ("http", direct, null, []), ("https through the proxy", proxied, new(Host, authority), []),
        ];
        var messages = run.Options.Choose(20_000, 1_000);
        foreach (var (_, call, tunnel, _) in sides) await SendAsync(call, tunnel, run.Options.WarmUpRequests);
        for (var round = 1; round <= run.Options.Choose(Rounds, 1); round++)
        {
            foreach (var (name, call, tunnel, rounds) in sides)
            {
                await server.Database.EmptyAsync(run.Cancellation);
                var before = ProcessUse.CpuSeconds(server.ProcessId);
                var accepted = await SendAsync(call, tunnel, messages);
                rounds.Add(new(
                    accepted.PerSecond, (ProcessUse.CpuSeconds(server.ProcessId) - before) / messages));
                run.Progress($"{name}, round {round}: {Show.PerSecond(rounds[^1].PerSecond)} a second");
            }
        }

        var table = new TextTable("64 connections", "accepted/s", "µs of the server a message");
        foreach (var (name, _, _, rounds) in sides)
            table.Add(name, Show.PerSecond(Median(rounds, round => round.PerSecond)),
                Show.Microseconds(Median(rounds, round => round.Cpu)));
        run.Say(table.ToString());
        var rates = sides.Select(side => Median(side.Rounds, round => round.PerSecond)).ToList();
        var ratio = rates[1] / rates[0];
        run.Note("through the proxy at least half as many messages are accepted", Show.Ratio(ratio), ratio >= 0.5);

        async Task<Round> SendAsync(MessageCall call, Tunnel? tunnel, int count) =>
            (await ClosedLoop.SendAsync([call], Connections, count, run.Cancellation, tunnel)).AllOf(201);
    }

    private static double Median(IEnumerable<Measured> rounds, Func<Measured, double> figure) =>
        rounds.Select(figure).Order().ToList().Median();

    /// <summary>A round.</summary>
    /// <param name="PerSecond">Messages accepted a second.</param>
    /// <param name="Cpu">Seconds of the server's processor time a message.</param>
    private sealed record Measured(double PerSecond, double Cpu);
}
