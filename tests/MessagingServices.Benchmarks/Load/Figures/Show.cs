using System.Globalization;

namespace MessagingServices.Benchmarks.Load.Figures;

/// <summary>How figures are printed: three digits are all that such measurements are good for.</summary>
internal static class Show
{
    public static string PerSecond(double value) =>
        value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ms(double value) =>
        double.IsNaN(value) ? "-" : value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0",
        CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) =>
        $"{time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s";

    public static string Ratio(double value) =>
        value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + "x";

    public static string Percent(double value) => value.ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %";

    public static string Megabytes(long bytes) => $"{bytes / 1024.0 / 1024.0:0} MB";

    public static string Microseconds(double seconds) => (seconds * 1e6).ToString("#,0", CultureInfo.InvariantCulture);
}
