using System.Globalization;
using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>One answer of <c>/metrics</c>. Every line must be as Prometheus' text format has it.</summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, double> samples = [];

    private Scrape(string text)
    {
        Text = text;
        foreach (var line in text.Split('\n',
            StringSplitOptions.RemoveEmptyEntries).Where(line => !Comment.IsMatch(line)))
        {
            var sample = Sample.Match(line);
            Assert.True(sample.Success, $"This is no line of Prometheus' text format: {line}");
            var labels = Label.Matches(sample.Groups["labels"].Value)
                .Where(label => label.Groups["name"].Value != "otel_scope_name")
                .Select(label => $"{label.Groups["name"].Value}={label.Groups["value"].Value}")
                .Order(StringComparer.Ordinal);
            var value = double.Parse(sample.Groups["value"].Value.Replace("+Inf", "Infinity", StringComparison.Ordinal),
                CultureInfo.InvariantCulture);
            Assert.True(samples.TryAdd(string.Join(' ', [sample.Groups["name"].Value, .. labels]), value),
                $"This sample is there twice: {line}");
        }
    }

    /// <summary>The whole answer.</summary>
    public string Text { get; }

    /// <summary>
    /// A sample by its name and its labels in the order of their names, such as <c>queue_length stage=X state=due</c>;
    /// null when there is none.
    /// </summary>
    public double? this[string sample] =>
        samples.TryGetValue($"messaging_services_{sample}", out var value) ? value : null;

    /// <summary>Scrapes without credentials.</summary>
    public static async Task<Scrape> OfAsync(ServerUnderTest server)
    {
        using var anybody = new HttpClient { BaseAddress = server.Http.BaseAddress,
            Timeout = TimeSpan.FromSeconds(20) };
        using var answer = await anybody.GetAsync("/metrics");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        return new(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Scrapes until a condition holds; fails after half a minute.</summary>
    public static async Task<Scrape> UntilAsync(ServerUnderTest server, Func<Scrape, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var scrape = await OfAsync(server);
            if (condition(scrape)) return scrape;
            Assert.False(patience.IsCancellationRequested, scrape.Text);
            await Task.Delay(100);
        }
    }

    [GeneratedRegex(@"^# (TYPE|HELP|UNIT|EOF)\b")]
    private static partial Regex Comment { get; }

    [GeneratedRegex("""^(?<name>[a-z_][a-z0-9_]*)(\{(?<labels>([a-z_]+="[^"]*",?)*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Sample { get; }

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Label { get; }
}
