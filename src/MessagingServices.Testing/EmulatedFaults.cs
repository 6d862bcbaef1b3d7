using System.Globalization;
using MessagingServices.Testing.Http;

namespace MessagingServices.Testing;

/// <summary>
/// Faults on demand, for one account. The newest that matches decides. A fault lasts until it is disposed, until it has
/// happened the given number of times, or until the account is reset.
/// </summary>
public sealed class EmulatedFaults
{
    private readonly EmulatorApi api;

    internal EmulatedFaults(EmulatorApi api) => this.api = api;

    /// <summary>Messages are not delivered: they end as <c>undelivered</c>.</summary>
    /// <param name="errorCode">Twilio's code, 10000 to 99999; 30003 is a phone that cannot be reached.</param>
    /// <param name="to">Only messages to this number, or to numbers with this beginning: <c>+1415*</c>.</param>
    /// <param name="times">How many messages; null: all.</param>
    public Task<Fault> FailDeliveryAsync(int errorCode = 30003, string? to = null, int? times = null) => AddAsync(
        "CarrierRules", ("Outcome", "undelivered"), ("ErrorCode", Text(errorCode)), ("To", to), ("Times", Text(times)));

    /// <summary>Requests to Twilio's APIs get an error, and nothing is done.</summary>
    /// <param name="status">The HTTP status, 400 to 599.</param>
    /// <param name="errorCode">Twilio's code; null: the general one of the status.</param>
    /// <param name="path">
    /// Only requests to this path, as Twilio's documentation writes it, where <c>*</c> is any text:
    /// <c>*/Messages.json</c>.
    /// </param>
    /// <param name="times">How many requests; null: all.</param>
    public Task<Fault> RefuseAsync(int status, int? errorCode = null, string? path = null, int? times = null) =>
        AddAsync(
            "RequestRules", ("StatusCode", Text(status)), ("ErrorCode", Text(errorCode)), ("Path", path),
            ("Times", Text(times)));

    /// <summary>The connection of requests to Twilio's APIs breaks, and no answer comes.</summary>
    /// <param name="afterCommit">True: what was asked for is done before. False: nothing is done.</param>
    /// <param name="times">How many requests; null: all.</param>
    public Task<Fault> DisconnectAsync(bool afterCommit, int? times = null) =>
        AddAsync("RequestRules", ("Disconnect", afterCommit ? "after" : "before"), ("Times", Text(times)));

    /// <summary>Webhooks come late, never, twice or in another order. These combine; at least one is needed.</summary>
    /// <param name="delay">How long each waits, in real time, at most a day.</param>
    /// <param name="drop">They are never sent.</param>
    /// <param name="duplicate">They are sent once more after the application has acknowledged them.</param>
    /// <param name="reorder">They are held until a later one of the same message has ended.</param>
    public Task<Fault> WebhooksAsync(
        TimeSpan? delay = null, bool drop = false, bool duplicate = false, bool reorder = false)
    {
        if (delay is null && !drop && !duplicate && !reorder)
            throw new ArgumentException("Say what goes wrong: delay, drop, duplicate or reorder.");
        return AddAsync(
            "WebhookRules", ("DelayMs", delay is { } time ? Text((long)time.TotalMilliseconds) : null),
            ("Drop", Text(drop)), ("Duplicate", Text(duplicate)), ("Reorder", Text(reorder)));
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(bool flag) => flag ? "true" : null;

    private async Task<Fault> AddAsync(string family, params (string Name, string? Value)[] parameters)
    {
        var path = $"/emulator/v1/{family}";
        var rule = await api.PostAsync(path, parameters).ConfigureAwait(false);
        return new(api, path, rule.GetProperty("sid").GetString()!);
    }
}

/// <summary>A fault that happens until it is disposed.</summary>
public sealed class Fault : IAsyncDisposable
{
    private readonly EmulatorApi api;
    private readonly string family;

    internal Fault(EmulatorApi api, string family, string sid) => (this.api, this.family, Sid) = (api, family, sid);

    /// <summary>
    /// The SID of its rule: <c>CR...</c> for messages, <c>QR...</c> for requests, <c>WR...</c> for webhooks.
    /// </summary>
    public string Sid { get; }

    /// <summary>Ends the fault. What it has decided already stays.</summary>
    public async ValueTask DisposeAsync() => await api.CleanUpAsync($"{family}/{Sid}").ConfigureAwait(false);
}
