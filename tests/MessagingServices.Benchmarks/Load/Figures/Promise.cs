namespace MessagingServices.Benchmarks.Load.Figures;

/// <summary>What the project promises, beside what was measured.</summary>
internal sealed record Promise(string Text, string Measured, bool Holds)
{
    public static string Table(IEnumerable<Promise> promises)
    {
        var table = new TextTable("promise", "measured", "holds?") { Words = new HashSet<int> { 1, 2 } };
        foreach (var promise in promises) table.Add(promise.Text, promise.Measured, promise.Holds ? "yes" : "NO");
        return table.ToString();
    }
}
