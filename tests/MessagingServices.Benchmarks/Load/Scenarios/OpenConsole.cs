using System.Text.Json;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// What an open list of messages costs the server, and whether it keeps up, beside no page and an empty one.
/// </summary>
internal sealed class OpenConsole : LoadBenchmark
{
    private const int Burst = 5_000;
    private const int PerSecond = 200;
    private const string Scripts = "tests/MessagingServices.Server.Tests/InBrowser/node";

    public override string Name => "console";

    public override string Question => "a burst of 5,000 messages, then 200 a second, with the list of messages open";

    public override async Task RunAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync();
        // The first messages compile the code of the server. The page shows at once whether there is a browser.
        await MeasureAsync(run, server, new("warming up", "empty"));
        List<Side> sides = [new("no page", null), new("an empty page", "empty"), new("the list", "messages")];
        for (var round = 0; round < run.Options.Choose(3, 1); round++)
        {
            foreach (var side in sides) await MeasureAsync(run, server, side);
        }

        var table = new TextTable(
            "open", "server, processor s", "accepting p99 ms", "frames a second", "frames over 50 ms", "heap MB");
        foreach (var side in sides)
        {
            var pages = side.Pages;
            table.Add(side.Name, $"{side.ProcessorSeconds.Median():0.0}", Show.Ms(side.P99Ms.Median()),
                pages.Count == 0 ? "-" : $"{pages.Select(page => page.Frames).Median():0.0}",
                pages.Count == 0 ? "-" : $"{pages.Select(page => page.Slow).Median():0}",
                pages.Count == 0 ? "-" : string.Join(", ", pages.Select(page => $"{page.Heap:0.0}")));
        }

        run.Say(table.ToString());
        var list = sides[^1];
        run.Note("the list shows the newest 1,000 messages of the API, in its order", list.Wrong == 0 ? "yes"
            : $"{list.Wrong} rows differ", list.Wrong == 0);
        var cost = (list.ProcessorSeconds.Median() / sides[0].ProcessorSeconds.Median()) - 1;
        run.Note("an open list costs the server at most a tenth", Show.Percent(cost * 100), cost <= 0.1);
    }

    private static async Task MeasureAsync(LoadRun run, RunningServer server, Side side)
    {
        run.Progress(side.Name);
        var (ready, stop) = (run.NewPath("ready"), run.NewPath("stop"));
        await using var browser = side.Page is null ? null : ChildProcess.Start(
            "node", Repository.PathTo($"{Scripts}/bench.mjs"), server.Url, side.Page, ready, stop);
        while (browser is not null && !File.Exists(ready))
        {
            if (browser.HasExited)
            {
                throw new LoadSkipped(
                    $"Chromium does not start: see its output.\n{browser.Output}");
            }

            await Task.Delay(50, run.Cancellation);
        }

        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
        var before = ProcessUse.CpuSeconds(server.ProcessId);
        var burst = await new OpenLoop(call, Burst, run.Cancellation).RunAsync(TimeSpan.FromSeconds(1));
        var steady = await new OpenLoop(call, PerSecond, run.Cancellation).RunAsync(
            TimeSpan.FromSeconds(run.Options.Choose(60, 5)));
        burst.Responses.AllOf(201);
        side.P99Ms.Add(steady.Responses.AllOf(201).P99Ms);
        if (burst.NotSent + steady.NotSent > 0) throw new LoadFailure("Not all messages could be sent.");
        side.ProcessorSeconds.Add(ProcessUse.CpuSeconds(server.ProcessId) - before);
        if (browser is null) return;
        await File.WriteAllTextAsync(stop, "", run.Cancellation);
        while (!browser.HasExited) await Task.Delay(50, run.Cancellation);
        side.Add(browser.Output);
    }

    /// <summary>What is open, and what was measured with it.</summary>
    private sealed record Side(string Name, string? Page)
    {
        public List<double> ProcessorSeconds { get; } = [];

        public List<double> P99Ms { get; } = [];

        public List<(double Frames, double Slow, double Heap)> Pages { get; } = [];

        public int Wrong { get; private set; }

        public void Add(string output)
        {
            var line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'))
                ?? throw new LoadFailure($"The browser says nothing of the page:\n{output}");
            using var result = JsonDocument.Parse(line);
            var root = result.RootElement;
            Pages.Add((root.GetProperty("frames").GetDouble(), root.GetProperty("slow").GetDouble(),
                root.GetProperty("heap").GetDouble()));
            Wrong += root.GetProperty("wrong").GetInt32();
        }
    }
}
