using System.Globalization;
using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The emulator API as tests call it.</summary>
internal static class EmulatorCalls
{
    public const string Clock = "/emulator/v1/Clock";
    public const string Reset = "/emulator/v1/Reset";
    public const string Webhooks = "/emulator/v1/Webhooks";

    public static string Wait(params IEnumerable<(string Name, string Value)> query) =>
        "/emulator/v1/Messages/Wait?" + string.Join('&', query.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    public static string Timeline(string sid) => $"/emulator/v1/Messages/{sid}/Timeline";

    public static async Task<Answer> GetAsync(HttpClient http, string path) => await Answer.ReadAsync(await http.GetAsync(path));

    public static async Task<Answer> PostAsync(HttpClient http, string path, params (string Name, string Value)[] form) =>
        await Answer.ReadAsync(await http.PostAsync(path, Calls.Form(form)));

    /// <summary>The clock's time.</summary>
    public static async Task<DateTimeOffset> NowAsync(HttpClient http) => Time((await GetAsync(http, Clock))["now"]!);

    /// <summary>Moves or freezes the clock; its time then.</summary>
    public static async Task<DateTimeOffset> ChangeClockAsync(HttpClient http, params (string Name, string Value)[] form)
    {
        var answer = await PostAsync(http, Clock, form);
        Assert.True(answer.Status == 200, answer.Text);
        return Time(answer["now"]!);
    }

    /// <summary>The statuses of a message with their times.</summary>
    public static async Task<List<(string Status, DateTimeOffset Date)>> StatusesAsync(HttpClient http, string sid)
    {
        var timeline = await GetAsync(http, Timeline(sid));
        Assert.True(timeline.Status == 200, timeline.Text);
        return [.. timeline.Body!["statuses"]!.AsArray().Select(step => (step!["status"]!.ToString(), Time(step["date"]!.ToString())))];
    }

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static IEnumerable<string> Names(this JsonNode? node) => node!.AsObject().Select(member => member.Key);
}
