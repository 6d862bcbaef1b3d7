using System.Collections.Concurrent;
using System.Text.Json;
using MessagingServices.Testing.Http;

namespace MessagingServices.Testing.Messages;

/// <summary>
/// The messages of an account. It reads them by the emulator API alone, which faults for Twilio's APIs never hit.
/// </summary>
internal sealed class MessageStore(EmulatorApi api)
{
    private const string Path = "/emulator/v1/Messages";

    private readonly ConcurrentDictionary<string, JsonElement> extracts = new();

    /// <summary>All messages to an address that the account has sent, oldest first.</summary>
    public async Task<IReadOnlyList<EmulatedMessage>> ToAsync(string address)
    {
        List<EmulatedMessage> found = [];
        await foreach (var message in SearchAsync(To(address)).ConfigureAwait(false))
            if (!message.IsInbound) found.Add(message);
        found.Reverse();
        return found;
    }

    /// <summary>The newest messages, newest first.</summary>
    public async Task<IReadOnlyList<EmulatedMessage>> NewestAsync(int max)
    {
        List<EmulatedMessage> found = [];
        await foreach (var message in SearchAsync(null).ConfigureAwait(false))
        {
            found.Add(message);
            if (found.Count == max) break;
        }

        return found;
    }

    /// <summary>A message of the account; null when it has none with this SID.</summary>
    public async Task<EmulatedMessage?> FindAsync(string sid)
    {
        await foreach (var message in SearchAsync(null).ConfigureAwait(false))
            if (message.Sid == sid) return message;
        return null;
    }

    /// <summary>The message with the codes and links in its text.</summary>
    public async Task<EmulatedMessage> WithExtractsAsync(EmulatedMessage message)
    {
        if (!extracts.TryGetValue(message.Sid, out var known))
        {
            // The application may have deleted it meanwhile. The phone has it all the same.
            if (await api.FindAsync($"{Path}/{message.Sid}/Extracts").ConfigureAwait(false) is not { } found)
                return message;
            extracts[message.Sid] = known = found;
        }

        return message.With(known);
    }

    /// <summary>Everything that has happened to a message; null when the account does not have it.</summary>
    public Task<JsonElement?> TimelineAsync(string sid) => api.FindAsync($"{Path}/{sid}/Timeline");

    /// <summary>Waits until a message to an address is stored, or has a status; null when the time is over.</summary>
    /// <param name="to">The address.</param>
    /// <param name="status">The status; null for any.</param>
    /// <param name="after">Only messages after this one.</param>
    /// <param name="seconds">Whole seconds, at most 60.</param>
    public async Task<EmulatedMessage?> WaitAsync(string to, string? status, string? after, int seconds) =>
        await api.FindAsync($"{Path}/Wait", ("To", to), ("Status", status), ("After", after), ("Timeout", $"{seconds}"))
            .ConfigureAwait(false) is { } message ? EmulatedMessage.Of(message) : null;

    private static string To(string address) =>
        $"to:\"{address.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private async IAsyncEnumerable<EmulatedMessage> SearchAsync(string? query)
    {
        var page = await api.GetAsync(Path, ("Query", query), ("PageSize", "1000")).ConfigureAwait(false);
        while (true)
        {
            foreach (var message in page.GetProperty("messages").EnumerateArray())
                yield return EmulatedMessage.Of(message);
            if (page.GetProperty("meta").GetProperty("next_page_url").GetString() is not { } next) yield break;
            page = await api.GetAsync(new Uri(next).PathAndQuery).ConfigureAwait(false);
        }
    }
}
