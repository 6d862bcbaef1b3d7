using System.Collections.Concurrent;
using System.Text.Json;
using MessagingServices.Testing.Http;
using MessagingServices.Testing.Messages;
using MessagingServices.Testing.Reports;

namespace MessagingServices.Testing;

/// <summary>
/// An account of its own for a test, or for the tests that share it: numbers, messages, clock and faults of others do
/// not matter. Disposing deletes it. Several threads may use it.
/// </summary>
public sealed class EmulatedAccount : IAsyncDisposable
{
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly Emulator emulator;
    private readonly ServerConnections server;
    private readonly EmulatorApi api;
    private readonly MessageStore messages;
    private readonly FreshNumbers numbers = new();
    private readonly ConcurrentDictionary<string, Handset> handsets = new();

    internal EmulatedAccount(
        Emulator emulator, ServerConnections server, Credentials credentials, EmulatorOptions options)
    {
        (this.emulator, this.server) = (emulator, server);
        api = new(server, credentials, options);
        messages = new(api);
        Clock = new(api);
        Faults = new(api);
        Webhooks = new(api, messages);
    }

    /// <summary>Its SID, <c>AC...</c>.</summary>
    public string Sid => api.Credentials.Sid;

    /// <summary>Its Auth Token, with which its webhooks are signed.</summary>
    public string AuthToken => api.Credentials.AuthToken;

    /// <summary>Its clock.</summary>
    public EmulatedClock Clock { get; }

    /// <summary>What goes wrong.</summary>
    public EmulatedFaults Faults { get; }

    /// <summary>The requests to the application.</summary>
    public EmulatedWebhooks Webhooks { get; }

    /// <summary>
    /// A client for Twilio's SDK, or for an application's own calls: requests for <c>api.twilio.com</c>,
    /// <c>messaging.twilio.com</c> and Twilio's other hosts go to the server, all others where they lead. Relative URLs
    /// are the server's. The credentials are those of the request; calls of <c>/emulator/v1</c> without any have the
    /// account's.
    /// </summary>
    public HttpClient CreateHttpClient() => server.CreateTwilioClient(api);

    /// <summary>
    /// The environment with which an unmodified application in another process calls the server instead of Twilio. The
    /// files that it names are on the server's machine.
    /// </summary>
    /// <param name="language">
    /// <c>node</c>, <c>python</c>, <c>csharp</c>, <c>java</c>, <c>go</c>, <c>php</c>, <c>ruby</c>, <c>cli</c>,
    /// <c>curl</c> or <c>all</c>.
    /// </param>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(string language)
    {
        var variables = await api.GetAsync("/emulator/v1/Environment", ("Language", language), ("Format", "json"))
            .ConfigureAwait(false);
        return variables.EnumerateObject().ToDictionary(
            variable => variable.Name, variable => variable.Value.GetString() ?? "");
    }

    /// <summary>Gives the account a phone number for SMS and, in the US and Canada, MMS.</summary>
    /// <param name="number">In E.164; null: a fictional number of the US that is new in the account.</param>
    /// <param name="smsUrl">The webhook for messages to the number.</param>
    /// <returns>The number in E.164.</returns>
    /// <exception cref="EmulatorException">It is no phone number, or the account has it already.</exception>
    public async Task<string> BuyNumberAsync(string? number = null, Uri? smsUrl = null)
    {
        while (true)
        {
            var wanted = number ?? numbers.Next();
            // The seed, and not the purchase of Twilio's API: faults do not hit it.
            var bought = await SeedAsync(JsonSerializer.Serialize(new
            {
                phone_numbers = new[] { new SeededNumber(wanted, smsUrl?.OriginalString) },
            })).ConfigureAwait(false);
            if (bought.GetProperty("phone_numbers").EnumerateArray().FirstOrDefault()
                is { ValueKind: JsonValueKind.Object } made)
                return made.GetProperty("phone_number").GetString()!;
            if (number is not null) throw new EmulatorException($"The account {Sid} has the number {number} already.");
        }
    }

    /// <summary>A phone. The same number is the same phone.</summary>
    /// <param name="number">
    /// In E.164, with <c>whatsapp:</c> or <c>rcs:</c> on these channels; null: a fictional number of the US that is new
    /// in the account. The first number is the same in each run, and so on.
    /// </param>
    /// <exception cref="ArgumentException">
    /// It is a phone number, and not in E.164: messages to it would never arrive there.
    /// </exception>
    public Handset Handset(string? number = null)
    {
        if (number is not null)
        {
            PhoneNumbers.CheckForm(number);
            return handsets.GetOrAdd(number, own => new Handset(api, messages, own));
        }

        while (true)
        {
            Handset fresh = new(api, messages, numbers.Next());
            if (handsets.TryAdd(fresh.Number, fresh)) return fresh;
        }
    }

    /// <summary>
    /// Waits until a message has had a status. It fails at once if the message has ended without it.
    /// </summary>
    /// <param name="sid">The message.</param>
    /// <param name="status">The status in Twilio's words, such as <c>delivered</c>.</param>
    /// <param name="timeout">How long to wait, in real time; null: 10 seconds.</param>
    /// <returns>The message as it is then.</returns>
    /// <exception cref="EmulatorException">It has not; the message says why.</exception>
    public Task<EmulatedMessage> WaitForAsync(string sid, string status, TimeSpan? timeout = null) =>
        new StatusWait(api, messages).WaitAsync(sid, status, timeout ?? DefaultTimeout);

    /// <summary>Everything that has happened to a message: statuses, the choice of its sender, webhooks.</summary>
    /// <param name="sid">The message.</param>
    /// <exception cref="EmulatorException">The account does not have it.</exception>
    public Task<string> ExplainAsync(string sid) => new Report(api, messages).OfMessageAsync(sid);

    /// <summary>
    /// Advances the clock by a second, which finishes what is due: messages that carriers deliver within a second have
    /// arrived, and callbacks have had their first attempt or are in progress.
    /// </summary>
    public Task SettleAsync() => new Settling(api, messages).SettleAsync();

    /// <summary>
    /// Removes messages, webhooks, opt-outs and faults. Numbers, Messaging Services and the clock stay.
    /// </summary>
    public Task ResetAsync()
    {
        api.Refused.Clear();
        return api.PostAsync("/emulator/v1/Reset");
    }

    /// <summary>
    /// Deletes the account with all that is its own. A call that waits in another thread ends with an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await emulator.DeleteAsync(this).ConfigureAwait(false);
    }

    internal Task<JsonElement> SeedAsync(string json) => api.PostJsonAsync("/emulator/v1/Seed", json);

    /// <summary>A phone number of the seed, with the parameters of Twilio's purchase.</summary>
    private sealed record SeededNumber(string PhoneNumber, string? SmsUrl);
}
