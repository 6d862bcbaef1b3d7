using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// What thousands of accounts cost: making one, accepting messages of many instead of one, and memory.
/// </summary>
internal sealed class Accounts : LoadBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 10;
    private const string Seed =
        """
        {"phone_numbers": [{"PhoneNumber": "+14155550100"}],
         "messaging_services": [{"FriendlyName": "Pool", "senders": ["+14155550100"]}]}
        """;

    public override string Name => "accounts";

    public override string Question => "what thousands of accounts cost: to make one, to accept messages, and memory";

    public override async Task RunAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync("--Pipeline:Stages=");
        await StoreAsync(run, server);
        await CreateAsync(run, server);
        await MeasureMemoryAsync(run, server);
        await AcceptAsync(run, server);
    }

    /// <summary>Stores accounts without asking the server.</summary>
    private static Task<int> StoreAsync(LoadRun run, RunningServer server) => server.Database.ExecuteAsync(
        $"""
         INSERT INTO accounts (sid, auth_token, friendly_name, status, owner_sid, date_created, date_updated)
         SELECT 'AC' || md5(number::text), md5('token' || number), 'Stored', 'active', '{RunningServer.Account}',
             now(), now()
         FROM generate_series(1, {run.Options.Choose(10_000, 1_000)}) AS number
         """, run.Cancellation);

    private static async Task CreateAsync(LoadRun run, RunningServer server)
    {
        var stored = await server.Database.ReadAsync<long>("SELECT count(*) FROM accounts", run.Cancellation);
        using var client = ClientOf(RunningServer.Credentials);
        List<double> took = [];
        for (var i = 0; i < run.Options.Choose(500, 50); i++)
        {
            var began = Stopwatch.GetTimestamp();
            await PostAsync(client, $"{server.Url}/2010-04-01/Accounts.json", new FormUrlEncodedContent([]), run);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        // The first ones compile.
        var sorted = took.Skip(took.Count / 10).Order().ToList();
        var table = new TextTable("creating an account", "p50 ms", "p95 ms");
        table.Add($"{Show.Count(stored)} stored", Show.Ms(sorted.Median()), Show.Ms(sorted.Percentile(95)));
        run.Say(table.ToString());
        run.Note("an account is created in less than 5 ms at the median", $"{Show.Ms(sorted.Median())} ms",
            sorted.Median() < 5);
    }

    private static async Task MeasureMemoryAsync(LoadRun run, RunningServer server)
    {
        var accounts = run.Options.Choose(10_000, 1_000);
        var stored = await server.Database.ReadColumnAsync(
            $"SELECT sid || ':' || auth_token FROM accounts WHERE friendly_name = 'Stored' LIMIT {accounts}",
            run.Cancellation);
        using var client = new HttpClient();
        await RequestAsync(Enumerable.Repeat(RunningServer.Credentials, accounts));
        var before = ProcessUse.ResidentBytes(server.ProcessId);
        await RequestAsync(stored);
        // The same number of requests again: without this, what requests leave for the collector would count.
        await RequestAsync(Enumerable.Repeat(RunningServer.Credentials, accounts));
        var after = ProcessUse.ResidentBytes(server.ProcessId);
        var each = (after - before) / (double)accounts;
        var table = new TextTable("resident memory", "one account", $"{Show.Count(accounts)} accounts", "bytes each");
        table.Add("after as many requests", Show.Megabytes(before), Show.Megabytes(after), Show.Count((long)each));
        run.Say(table.ToString());
        run.Note("an idle account holds less than 2 KB", $"{Show.Count((long)each)} bytes", each < 2048);

        async Task RequestAsync(IEnumerable<string> credentials)
        {
            foreach (var one in credentials)
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Get, $"{server.Url}/2010-04-01/Accounts/{one.Split(':')[0]}/Balance.json");
                request.Headers.Authorization = BasicOf(one);
                using var response = await client.SendAsync(request, run.Cancellation);
                if (!response.IsSuccessStatusCode) throw new LoadFailure($"Balance.json: {response.StatusCode}");
            }
        }
    }

    /// <summary>Processor time of a message, of the server and PostgreSQL, in rounds that take turns.</summary>
    private static async Task AcceptAsync(LoadRun run, RunningServer server)
    {
        // PostgreSQL writes a page whole at its first change after a checkpoint, and many accounts change more pages.
        // In use, checkpoints are minutes apart: rounds of 20,000 messages would show little else.
        var messages = run.Options.Choose(100_000, 1_000);
        List<MessageCall> many = [];
        foreach (var credentials in await server.Database.ReadColumnAsync(
            "SELECT sid || ':' || auth_token FROM accounts WHERE friendly_name = 'Stored' "
                + $"LIMIT {run.Options.Choose(1_000, 50)}", run.Cancellation))
        {
            using var client = ClientOf(credentials);
            using StringContent seed = new(Seed, Encoding.UTF8, "application/json");
            using var made = JsonDocument.Parse(
                await PostAsync(client, $"{server.Url}/emulator/v1/Seed", seed, run));
            var service = made.RootElement.GetProperty("messaging_services")[0].GetProperty("sid").GetString()!;
            many.Add(MessageCall.To(server.Url, credentials, service));
        }

        List<(string Name, IReadOnlyList<MessageCall> Calls, List<Shares> Rounds)> sides =
        [
            ("one account", [MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid)], []),
            ($"{Show.Count(many.Count)} accounts", many, []),
        ];
        foreach (var (_, calls, _) in sides)
            (await ClosedLoop.SendAsync(calls, Connections, run.Options.WarmUpRequests, run.Cancellation)).AllOf(201);
        for (var round = 1; round <= run.Options.Choose(Rounds, 1); round++)
        {
            foreach (var (name, calls, rounds) in sides)
            {
                await server.Database.ExecuteAsync("CHECKPOINT", run.Cancellation);
                var before = Cpu();
                (await ClosedLoop.SendAsync(calls, Connections, messages, run.Cancellation)).AllOf(201);
                var after = Cpu();
                rounds.Add(new(
                    (after.Server - before.Server) / messages, (after.Postgres - before.Postgres) / messages));
                run.Progress($"{name}, round {round}: {Show.Microseconds(rounds[^1].Sum)} µs a message");
            }
        }

        var table = new TextTable("µs of processor a message, 64 connections", "sum", "least", "most", "server",
            "PostgreSQL");
        foreach (var (name, _, rounds) in sides)
        {
            table.Add(name, Microseconds(shares => shares.Sum, Median),
                Microseconds(shares => shares.Sum, Enumerable.Min), Microseconds(shares => shares.Sum, Enumerable.Max),
                Microseconds(shares => shares.Server, Median), Microseconds(shares => shares.Postgres, Median));

            string Microseconds(Func<Shares, double> share, Func<IEnumerable<double>, double> figure) =>
                Show.Microseconds(figure(rounds.Select(share)));
        }

        run.Say(table.ToString());
        var (one, thousand) = (Median(sides[0].Rounds.Select(shares => shares.Sum)),
            Median(sides[1].Rounds.Select(shares => shares.Sum)));
        var more = ((thousand / one) - 1) * 100;
        run.Note("a message of many accounts takes at most 10 % more processor time", Show.Percent(more), more <= 10);

        static double Median(IEnumerable<double> figures) => figures.Order().ToList().Median();

        Shares Cpu() => new(ProcessUse.CpuSeconds(server.ProcessId),
            ProcessUse.CpuSecondsOfAll(server.Database.Postmaster));
    }

    private static HttpClient ClientOf(string credentials) =>
        new() { DefaultRequestHeaders = { Authorization = BasicOf(credentials) } };

    private static AuthenticationHeaderValue BasicOf(string credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private static async Task<string> PostAsync(HttpClient client, string url, HttpContent body, LoadRun run)
    {
        using var response = await client.PostAsync(url, body, run.Cancellation);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync(run.Cancellation)
            : throw new LoadFailure($"{url}: {(int)response.StatusCode}");
    }

    /// <summary>Seconds of processor time.</summary>
    private sealed record Shares(double Server, double Postgres)
    {
        public double Sum => Server + Postgres;
    }
}
