using System.Text;
using MessagingServices.Benchmarks.Load.Processes;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>
/// Drives a server with wrk: as fast as so many connections go, each request after the answer to the one before.
/// </summary>
internal static class Wrk
{
    // More than a round can use, so that no two rounds share recipients.
    private const int RecipientsOfARound = 500_000;

    // Counting the answers takes wrk less than one of the 11 microseconds that a request costs it; without it a server
    // that answers only errors would be called fast.
    private const string Counting =
        """
        local threads = {}
        statuses = {}
        function setup(thread)
            thread:set("number", #threads)
            table.insert(threads, thread)
        end
        function response(status)
            statuses[status] = (statuses[status] or 0) + 1
        end
        function done(summary, latency, requests)
            for _, thread in ipairs(threads) do
                for status, count in pairs(thread:get("statuses")) do
                    print(string.format("STATUS %d %d", status, count))
                end
            end
            local errors = summary.errors
            print(string.format("RESULT %d %d %d %d", summary.duration, latency:percentile(50), latency:percentile(99),
                errors.connect + errors.read + errors.write + errors.timeout))
        end

        """;

    /// <summary>Sends messages, each to a recipient of its own.</summary>
    public static Task<LoadResult> SendAsync(LoadRun run, MessageCall call, int connections, int seconds)
    {
        var threads = Threads(connections);
        var script = $$"""
            {{Counting}}
            local text = {{Quote(call.Text)}}
            local next
            function init() next = {{Recipients.Reserve(RecipientsOfARound)}} + number end
            function request()
                local code = next % 2 == 0 and "415" or "212"
                local digits = string.format("%07d", 2000000 + math.floor(next / 2) % {{Recipients.PerAreaCode}})
                next = next + {{threads}}
                return text .. code .. digits
            end
            """;
        return RunAsync(run, script, call.Url, connections, seconds);
    }

    /// <summary>Reads an address.</summary>
    public static Task<LoadResult> ReadAsync(LoadRun run, Uri address, string credentials, int connections, int seconds)
    {
        var text = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}\r\n\r\n";
        return RunAsync(run, $"{Counting}\nlocal text = {Quote(text)}\nfunction request() return text end", address,
            connections, seconds);
    }

    private static async Task<LoadResult> RunAsync(LoadRun run, string script, Uri url, int connections, int seconds)
    {
        var file = run.NewPath("wrk");
        await File.WriteAllTextAsync(file, script, run.Cancellation);
        return WrkOutput.Parse(await ChildProcess.RunAsync(
            Programs.Find("wrk"), ["-t", $"{Threads(connections)}", "-c", $"{connections}",
            "-d", $"{seconds}s", "--timeout", "10s", "-s", file, url.GetLeftPart(UriPartial.Authority)],
                run.Cancellation));
    }

    private static int Threads(int connections) => Math.Min(2, connections);

    private static string Quote(string text)
    {
        var escaped = text.Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
