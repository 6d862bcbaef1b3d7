using System.Diagnostics;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Waits for something that a server does in the background.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Waits until a condition is true. Fails with the message after 30 seconds, or after another time.
    /// </summary>
    public static Task TrueAsync(Func<Task<bool>> condition, Func<string> message, TimeSpan? patience = null) =>
        ValueAsync(condition, isTrue => isTrue, _ => message(), patience);

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, Func{string}, TimeSpan?)"/>
    public static Task TrueAsync(Func<bool> condition, Func<string> message, TimeSpan? patience = null) =>
        TrueAsync(() => Task.FromResult(condition()), message, patience);

    /// <summary>
    /// Reads a value until it satisfies the condition, and returns it. Fails with the message after 30 seconds, or
    /// after another time.
    /// </summary>
    public static async Task<T> ValueAsync<T>(
        Func<Task<T>> read, Func<T, bool> condition, Func<T, string> message, TimeSpan? patience = null)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause))
        {
            var value = await read();
            if (condition(value)) return value;
            Assert.True(Stopwatch.GetElapsedTime(start) < (patience ?? Patience), message(value));
        }
    }
}
