using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A person's phone, as the tests of opt-out and of replies tell of it: it receives, replies, sends by itself, and at the end nothing has
/// come that nobody expected. It knows the server through HTTP only. With a frozen clock it moves the clock by a second at a time, and
/// only while a message to it is under way.
/// </summary>
/// <param name="http">Calls with the configured account's credentials.</param>
/// <param name="address">Its number, with the channel's prefix where it is not SMS: <c>+14155550123</c>, <c>whatsapp:+14155550123</c>.</param>
internal sealed class Handset(HttpClient http, string address)
{
    private static readonly string[] NeverArrives = ["failed", "undelivered", "canceled", "scheduled"];

    private readonly HashSet<string> expected = [];

    public Handset(MessagingServer server, string address)
        : this(server.Http, address)
    {
    }

    /// <summary>Its number, with the channel's prefix where it is not SMS.</summary>
    public string Address { get; } = address;

    /// <summary>
    /// Waits until a message has been delivered that contains the text and was not expected before; of several the oldest. Fails after
    /// half a minute.
    /// </summary>
    public async Task<ReceivedSms> ExpectSmsAsync(string text)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            var unexpected = (await MessagesAsync()).Where(message => !expected.Contains(message.Sid)).ToList();
            if (unexpected.FirstOrDefault(message => HasArrived(message) && message.Body.Contains(text, StringComparison.Ordinal)) is { } came)
            {
                expected.Add(came.Sid);
                return came;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"{Address} has not got \"{text}\", but: {Told(unexpected)}");
            if (unexpected.Exists(IsUnderWay) && await IsFrozenAsync())
                await AdvanceAsync("PT1S");
        }
    }

    /// <summary>Sends a message to one of the account's senders; the message as the server has stored it.</summary>
    public async Task<Answer> SendAsync(string to, string body, params string[] media) =>
        await http.SendAsync(HttpMethod.Post, "/emulator/v1/InboundMessages",
            [("From", Address), ("To", to), ("Body", body), .. media.Select(url => ("MediaUrl", url))]).ExpectAsync(201);

    /// <summary>From now on messages that contain the text do not arrive: they end as undelivered.</summary>
    public async Task RejectAsync(string text, int errorCode = 30003) =>
        await http.SendAsync(HttpMethod.Post, "/emulator/v1/CarrierRules",
            ("To", Address), ("BodyContains", text), ("Outcome", "undelivered"), ("ErrorCode", $"{errorCode}")).ExpectAsync(201);

    /// <summary>
    /// Fails when a message has come, or is on its way, that was not expected. Everything that was sent or answered before the call
    /// counts: it waits until the server has nothing due, and no application is still being asked for its reply.
    /// </summary>
    public async Task NoMoreAsync()
    {
        // What an application answers becomes messages: only when none is asked any more, all is there that will come.
        await AdvanceAsync("PT0S");
        for (var start = Stopwatch.GetTimestamp(); await IsAskingAsync(); await Task.Delay(20))
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "An application has not answered within a minute");
        await AdvanceAsync("PT0S");

        var more = (await ArrivedOrUnderWayAsync()).ToList();
        // Whether the carrier delivers what it has accepted shows only later: what has left may still be lost on its way.
        for (var start = Stopwatch.GetTimestamp(); more.Exists(IsUnderWay); more = (await ArrivedOrUnderWayAsync()).ToList())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"Neither arrived nor lost at {Address}: {Told(more)}");
            await MoveOnAsync();
        }

        Assert.True(more.Count == 0, $"{Address} has got what nobody expected: {Told(more)}");
    }

    private async Task<IEnumerable<ReceivedSms>> ArrivedOrUnderWayAsync() =>
        (await MessagesAsync()).Where(message => !expected.Contains(message.Sid) && (HasArrived(message) || IsUnderWay(message)));

    /// <summary>Lets the server's time pass, be it frozen or not.</summary>
    private async Task MoveOnAsync()
    {
        if (await IsFrozenAsync())
            await AdvanceAsync("PT1S");
        else
            await Task.Delay(20);
    }

    private static bool HasArrived(ReceivedSms message) => message.Status is "delivered" or "read";

    private static bool IsUnderWay(ReceivedSms message) => !HasArrived(message) && !NeverArrives.Contains(message.Status);

    private static string Told(IEnumerable<ReceivedSms> messages) =>
        string.Join(", ", messages.Select(message => $"\"{message.Body}\" ({message.Status})").DefaultIfEmpty("nothing"));

    /// <summary>The messages to it in whatever status, oldest first.</summary>
    private async Task<IEnumerable<ReceivedSms>> MessagesAsync()
    {
        var list = await http.SendAsync(HttpMethod.Get, $"{Calls.Messages}?PageSize=1000&To={Uri.EscapeDataString(Address)}").ExpectAsync(200);
        return list.Body!["messages"]!.AsArray().Reverse().Select(message => new ReceivedSms(this, message!));
    }

    private async Task<bool> IsAskingAsync()
    {
        var pending = await http.SendAsync(HttpMethod.Get, "/emulator/v1/Webhooks?Outcome=pending&PageSize=1000").ExpectAsync(200);
        return pending.Body!["webhooks"]!.AsArray().Any(webhook => webhook!["kind"]!.ToString() is "inbound" or "fallback");
    }

    private async Task<bool> IsFrozenAsync() =>
        (await http.SendAsync(HttpMethod.Get, "/emulator/v1/Clock").ExpectAsync(200)).Body!["frozen"]!.GetValue<bool>();

    private async Task AdvanceAsync(string duration) =>
        await http.SendAsync(HttpMethod.Post, "/emulator/v1/Clock", ("Advance", duration)).ExpectAsync(200);
}

/// <summary>A message that a handset has received.</summary>
internal sealed class ReceivedSms(Handset handset, JsonNode message)
{
    /// <summary>The message's SID.</summary>
    public string Sid => message["sid"]!.ToString();

    /// <summary>The text that it arrived with.</summary>
    public string Body => message["body"]!.ToString();

    /// <summary>The sender that it came from.</summary>
    public string From => message["from"]!.ToString();

    /// <summary><c>outbound-api</c>, or <c>outbound-reply</c> for replies of an application and for automatic ones.</summary>
    public string Direction => message["direction"]!.ToString();

    /// <summary>Where it stands.</summary>
    public string Status => message["status"]!.ToString();

    /// <summary>Answers to where it came from; the answer as the server has stored it.</summary>
    public Task<Answer> ReplyAsync(string body, params string[] media) => handset.SendAsync(From, body, media);
}
