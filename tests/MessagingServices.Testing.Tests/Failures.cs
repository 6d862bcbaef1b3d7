using System.Text.RegularExpressions;

namespace MessagingServices.Testing.Tests;

/// <summary>What a failed test prints.</summary>
internal static partial class Failures
{
    /// <summary>The message of the failure, where SIDs, times and ports may be anything.</summary>
    public static async Task ExpectAsync(Func<Task> call, string expected)
    {
        var failure = await Assert.ThrowsAsync<EmulatorException>(call);

        Assert.Equal(expected, WithoutChance(failure.Message));
    }

    /// <summary>The text without SIDs, times and ports.</summary>
    public static string WithoutChance(string text) =>
        Variable().Replace(text, match => match.Groups["kind"].Value + "*");

    [GeneratedRegex(@"(?<kind>[A-Z]{2})[0-9a-f]{32}|(?<kind>127\.0\.0\.1:)\d+|\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Variable();
}
