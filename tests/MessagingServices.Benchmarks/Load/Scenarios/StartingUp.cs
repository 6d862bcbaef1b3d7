using MessagingServices.Benchmarks.Load.Figures;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>How long the server takes from the start of its process until it is ready.</summary>
internal sealed class StartingUp : LoadBenchmark
{
    public override string Name => "start-up";

    public override string Question =>
        "from the start of the process to the first 200 of /readyz, with a new database and with one that exists";

    public override async Task RunAsync(LoadRun run)
    {
        List<double> created = [], existing = [];
        for (var round = 0; round < run.Options.Choose(5, 1); round++)
        {
            var folder = run.NewPath("data");
            await StartAsync(created);
            await StartAsync(existing);

            async Task StartAsync(List<double> seconds)
            {
                await using var server = await run.StartServerInAsync(folder);
                seconds.Add(server.StartedIn.TotalSeconds);
                run.Progress($"ready after {Show.Seconds(server.StartedIn)}");
                await server.StopAsync();
            }
        }

        var table = new TextTable("seconds until ready", "median", "least", "most");
        table.Add("new embedded PostgreSQL", $"{created.Median():0.00}", $"{created.Min():0.00}",
            $"{created.Max():0.00}");
        table.Add("existing database", $"{existing.Median():0.00}", $"{existing.Min():0.00}", $"{existing.Max():0.00}");
        run.Say(table.ToString());
        run.Note("ready with an existing database in under 3 s", $"{existing.Median():0.00} s", existing.Median() < 3);
        run.Note("ready with a new embedded PostgreSQL in under 10 s", $"{created.Median():0.00} s",
            created.Median() < 10);
    }
}
