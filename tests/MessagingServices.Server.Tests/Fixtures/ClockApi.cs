using System.Globalization;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The emulator's clock.</summary>
internal sealed class ClockApi(TestApi api)
{
    public const string Path = "/emulator/v1/Clock";

    /// <summary>Reads a time of the emulator API.</summary>
    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public async Task<DateTimeOffset> NowAsync() => Parse((await api.GetAsync(Path))["now"]!);

    /// <summary>Moves or freezes the clock, and returns its time then.</summary>
    public async Task<DateTimeOffset> ChangeAsync(params (string Name, string Value)[] form) =>
        Parse((await api.PostAsync(Path, form).ExpectAsync(200))["now"]!);
}
