using System.Globalization;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>Processor time and memory of processes, from /proc.</summary>
internal static class ProcessUse
{
    // USER_HZ, which the kernel fixes at 100 for /proc whatever its own clock is.
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds that a process has used.</summary>
    public static double CpuSeconds(int process) =>
        ReadStat(process) is { } stat ? (Number(stat, 11) + Number(stat, 12)) / TicksPerSecond : 0;

    /// <summary>Processor seconds of a process and all its children, ended ones included: PostgreSQL's.</summary>
    public static double CpuSecondsOfAll(int parent)
    {
        var ended = ReadStat(parent) is { } own ? (Number(own, 13) + Number(own, 14)) / TicksPerSecond : 0;
        return CpuSeconds(parent) + ended + Children(parent).Sum(CpuSeconds);
    }

    /// <summary>The memory that a process holds now, in bytes.</summary>
    public static long ResidentBytes(int process) => ReadStatus(process, "VmRSS:");

    /// <summary>The most memory that it ever held, in bytes.</summary>
    public static long PeakBytes(int process) => ReadStatus(process, "VmHWM:");

    private static IEnumerable<int> Children(int parent) =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
        let process = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)
        where ReadStat(process) is { } stat && Number(stat, 1) == parent
        select process;

    /// <summary>The fields after the name, which may hold blanks: state, parent and so on.</summary>
    private static string[]? ReadStat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long ReadStatus(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
            CultureInfo.InvariantCulture) * 1024;
    }

    private static long Number(string[] stat, int index) => long.Parse(stat[index], CultureInfo.InvariantCulture);
}
