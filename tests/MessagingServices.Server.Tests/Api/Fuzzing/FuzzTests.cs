using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Api.Fuzzing;

/// <summary>
/// Random requests to every route, under every host, and random bytes: none makes the server fail. The same seed makes
/// the same requests. <c>FUZZ_SEED</c> sets another one, <c>FUZZ_REQUESTS</c> another number.
/// </summary>
public sealed class FuzzTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int AtOnce = 8;

    // It reads the rest of a request that will not come.
    private static readonly TimeSpan RawPatience = TimeSpan.FromMilliseconds(300);

    private static readonly int Seed = Setting("FUZZ_SEED", 20_261);

    [Fact]
    public async Task No_request_to_any_route_makes_the_server_fail()
    {
        var requests = await MakeAsync(Setting("FUZZ_REQUESTS", 2500));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromMinutes(1),
        };
        ConcurrentBag<int> statuses = [];
        ConcurrentBag<string> failures = [];

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (request, cancellation) =>
            {
                using var message = request.ToMessage(server.Url);
                using var answer = await client.SendAsync(message, cancellation);
                statuses.Add((int)answer.StatusCode);
                if ((int)answer.StatusCode is >= 500 and not (501 or 503))
                    failures.Add($"{(int)answer.StatusCode} {request}");
            });

        Assert.True(failures.IsEmpty, Describe(failures));
        // Otherwise all of them fail at the same check, and show nothing.
        Assert.True(
            statuses.Count(status => status < 300) > requests.Count / 100, Describe(["Nearly all are refused."]));
    }

    [Fact]
    public async Task No_bytes_make_the_server_fail()
    {
        var requests = (await MakeAsync(500)).Select(request => request.ToBytes()).ToList();
        var random = new Random(Seed);
        var broken = requests.Select(bytes => Bytes.Break(random, bytes)).ToList();
        ConcurrentBag<string> failures = [];

        await Parallel.ForEachAsync(broken, new ParallelOptions { MaxDegreeOfParallelism = 4 * AtOnce },
            async (bytes, _) =>
            {
                var answer = await SendAsync(bytes);
                foreach (var line in answer.Split('\n'))
                {
                    // 505 is the web server's own, for a version of HTTP that does not exist.
                    if (line.StartsWith("HTTP/", StringComparison.Ordinal)
                        && line.Split(' ') is [_, ['5', ..] status, ..] && status is not ("501" or "503" or "505"))
                        failures.Add($"{status} {Convert.ToBase64String(bytes)}\n{Encoding.Latin1.GetString(bytes)}");
                }
            });

        Assert.True(failures.IsEmpty, Describe(failures));
        Assert.Equal(200, (await server.GetAsync("/v1/Services")).Status);
    }

    private async Task<IReadOnlyList<FuzzRequest>> MakeAsync(int count)
    {
        var generator = new RequestGenerator(new Random(Seed), Routes(), await ParametersAsync(), await SidsAsync());
        return [.. Enumerable.Range(0, count).Select(_ => generator.Next())];
    }

    private List<(string Method, string Path)> Routes() =>
    [
        .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           let path = endpoint.RoutePattern.RawText!
           // It empties the tables that the others fill, or waits for work to be done. A stream does not end.
           where !path.EndsWith("v1/Reset", StringComparison.Ordinal)
               && !path.EndsWith("emulator/v1/Events", StringComparison.Ordinal)
               // Its rules are for the requests of the test, and make them fail.
               && !path.EndsWith("v1/RequestRules", StringComparison.Ordinal)
           orderby path, method
           select (method, "/" + path.TrimStart('/')),
    ];

    /// <summary>The names of all parameters of all routes.</summary>
    private async Task<IReadOnlyList<string>> ParametersAsync()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Read((await server.GetAsync("/swagger/v1/swagger.json")).Body);
        return [.. names];

        void Read(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray array:
                    foreach (var item in array) Read(item);
                    break;
                case JsonObject member:
                    if (member["in"] is not null && member["name"] is { } name) names.Add(name.ToString());
                    if (member["properties"] is JsonObject properties) names.UnionWith(properties.Names());
                    foreach (var (_, value) in member) Read(value);
                    break;
            }
        }
    }

    /// <summary>Makes a resource of each kind, so that some paths lead to something.</summary>
    private async Task<IReadOnlyList<string>> SidsAsync()
    {
        var sender = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        List<string> sids = [MessagingServer.AccountSid, service];
        foreach (var (_, path, form) in Creations.All()) sids.Add(await server.Api.CreateAsync(path, form));
        sids.Add(await server.Api.Messages.SendAsync(
            ("To", NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Hi")));
        sids.Add(await server.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", NumbersApi.New())));
        sids.Add(await server.Api.CreateAsync("/emulator/v1/RequestRules", ("To", NumbersApi.New())));
        sids.Add(await server.Api.WebhookRules.CreateAsync(("To", NumbersApi.New()), ("DelayMs", "0")));
        return sids;
    }

    private async Task<string> SendAsync(byte[] bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(new Uri(server.Url).Host, new Uri(server.Url).Port);
        var stream = socket.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(bytes);
            socket.Client.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(RawPatience);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
        {
            // The server may close the connection, or wait for more.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private static string Describe(IEnumerable<string> failures) =>
        $"With the seed {Seed} (FUZZ_SEED): {string.Join('\n', failures.Take(10))}";

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;
}
