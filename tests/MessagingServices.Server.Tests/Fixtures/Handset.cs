using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A person's phone. It sends and receives messages, and checks that no unexpected one arrives. It uses HTTP only and
/// waits in real time. It moves a frozen clock by a second at a time, while a message to it is on its way.
/// </summary>
/// <param name="http">Calls with the configured account's credentials.</param>
/// <param name="address">Its number in E.164, with the channel's prefix unless it is SMS.</param>
internal sealed class Handset(HttpClient http, string address)
{
    private const string Emulator = "/emulator/v1";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);
    private static readonly string[] NeverArrives = ["failed", "undelivered", "canceled", "scheduled"];

    private static int last;

    private readonly List<ReceivedSms> expected = [];
    private bool hasSentMedia;

    public Handset(MessagingServer server, string address)
        : this(server.Http, address)
    {
    }

    /// <summary>Its number, with the channel's prefix unless it is SMS.</summary>
    public string Address { get; } = address;

    /// <summary>A handset with a number that no other test has.</summary>
    public static Handset New(MessagingServer server) => new(server, NewAddress());

    /// <summary>A handset's number that no other test has.</summary>
    public static string NewAddress() => $"+1212{3_000_000 + Interlocked.Increment(ref last)}";

    /// <summary>
    /// Waits for a delivered message that contains the text and was not expected before; of several the oldest. Fails
    /// after 30 seconds.
    /// </summary>
    public async Task<ReceivedSms> ExpectSmsAsync(string text)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await WaitForAsync(text))
        {
            var unexpected = await UnexpectedAsync();
            if (unexpected.Find(message => HasArrived(message) && Contains(message, text)) is { } found)
            {
                expected.Add(found);
                return found;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Limit,
                $"{Address} has not received \"{text}\", but: {Text(unexpected)}");
        }
    }

    /// <summary>Sends a message to one of the account's senders; the message as the server has stored it.</summary>
    public async Task<ApiResponse> SendAsync(string to, string body, params string[] media)
    {
        hasSentMedia |= media.Length > 0;
        return await http.Api.RequestAsync(HttpMethod.Post, $"{Emulator}/InboundMessages",
            [("From", Address), ("To", to), ("Body", body), .. media.Select(url => ("MediaUrl", url))])
            .ExpectAsync(201);
    }

    /// <summary>Later messages that contain the text do not arrive: they end as undelivered.</summary>
    public async Task RejectAsync(string text, int errorCode = 30003) =>
        await http.Api.RequestAsync(HttpMethod.Post, $"{Emulator}/CarrierRules",
            ("To", Address), ("BodyContains", text), ("Outcome", "undelivered"), ("ErrorCode", $"{errorCode}"))
            .ExpectAsync(201);

    /// <summary>
    /// Fails when an unexpected message has arrived, or arrives later as the result of an earlier request. The state of
    /// the server decides: no pending webhook can add a reply, and all messages to the handset have ended.
    /// </summary>
    public async Task NoMoreAsync()
    {
        // The order matters: fetched media create the webhook, and its response creates the replies.
        if (hasSentMedia) await FinishDueWorkAsync();
        for (var start = Stopwatch.GetTimestamp(); await HasPendingWebhookAsync(); await Task.Delay(Rest))
            Assert.True(Stopwatch.GetElapsedTime(start) < 2 * Limit,
                $"A webhook about a message from {Address} is still pending");

        for (var start = Stopwatch.GetTimestamp(); ; await LetTimePassAsync())
        {
            var more = (await UnexpectedAsync()).FindAll(message => HasArrived(message) || IsOnItsWay(message));
            // Only the final status shows whether the carrier delivers a message.
            if (more.Exists(IsOnItsWay))
            {
                Assert.True(Stopwatch.GetElapsedTime(start) < Limit,
                    $"Messages to {Address} have no final status: {Text(more)}");
                continue;
            }

            Assert.True(more.Count == 0, $"{Address} has received unexpected messages: {Text(more)}");
            return;
        }
    }

    private static bool HasArrived(ReceivedSms message) => message.Status is "delivered" or "read";

    private static bool IsOnItsWay(ReceivedSms message) =>
        !HasArrived(message) && !NeverArrives.Contains(message.Status);

    private static string Text(IEnumerable<ReceivedSms> messages) =>
        string.Join(", ", messages.Select(one => $"\"{one.Body}\" ({one.Status})").DefaultIfEmpty("nothing"));

    private static bool Contains(ReceivedSms message, string text) =>
        message.Body.Contains(text, StringComparison.Ordinal);

    private static string NumberOf(string address) => address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The messages to it that were not expected, in whatever status, oldest first.</summary>
    private async Task<List<ReceivedSms>> UnexpectedAsync()
    {
        var path = $"{MessagesApi.Path}?PageSize=1000&To={Uri.EscapeDataString(Address)}";
        var list = await http.Api.RequestAsync(HttpMethod.Get, path).ExpectAsync(200);
        return [.. list.Body!["messages"]!.AsArray().Reverse().Select(message => new ReceivedSms(this, message!))
            .Where(message => !expected.Exists(earlier => earlier.Sid == message.Sid))];
    }

    /// <summary>Waits at most a second for a delivered message with the text.</summary>
    private async Task WaitForAsync(string text)
    {
        // The long poll returns existing messages too: it cannot wait for the second of two.
        if (await IsFrozenAsync() || expected.Exists(message => Contains(message, text)))
        {
            await LetTimePassAsync();
            return;
        }

        var (to, body) = (Uri.EscapeDataString(Address), Uri.EscapeDataString(text));
        var found = await http.Api.RequestAsync(
            HttpMethod.Get, $"{Emulator}/Messages/Wait?To={to}&BodyContains={body}&Status=delivered&Timeout=1");
        Assert.True(found.Status is 200 or 404, found.Text);
    }

    private async Task LetTimePassAsync()
    {
        if ((await UnexpectedAsync()).Exists(IsOnItsWay) && await IsFrozenAsync())
            await http.Api.RequestAsync(HttpMethod.Post, $"{Emulator}/Clock", ("Advance", "PT1S")).ExpectAsync(200);
        else
            await Task.Delay(Rest);
    }

    /// <summary>Whether an application can still reply to a message of this phone number, on any channel.</summary>
    private async Task<bool> HasPendingWebhookAsync()
    {
        const string path = $"{Emulator}/Webhooks?Outcome=pending&PageSize=1000";
        var pending = await http.Api.RequestAsync(HttpMethod.Get, path).ExpectAsync(200);
        return pending.Body!["webhooks"]!.AsArray().Any(webhook =>
            webhook!["kind"]!.ToString() is "inbound" or "fallback"
            && NumberOf(webhook["parameters"]!["From"]!.ToString()) == NumberOf(Address));
    }

    /// <summary>Waits for the media of inbound messages, which no list shows. The clock does not move.</summary>
    private async Task FinishDueWorkAsync() =>
        await http.Api.RequestAsync(HttpMethod.Post, $"{Emulator}/Clock", ("Advance", "PT0S")).ExpectAsync(200);

    private async Task<bool> IsFrozenAsync() =>
        (await http.Api.RequestAsync(HttpMethod.Get, $"{Emulator}/Clock").ExpectAsync(200))
            .Body!["frozen"]!.GetValue<bool>();
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

    /// <summary><c>outbound-api</c>, or <c>outbound-reply</c> for replies of applications and automatic ones.</summary>
    public string Direction => message["direction"]!.ToString();

    /// <summary>The status in Twilio's words, such as <c>delivered</c>.</summary>
    public string Status => message["status"]!.ToString();

    /// <summary>Sends a message to the sender of this one; the inbound message as the server has stored it.</summary>
    public Task<ApiResponse> ReplyAsync(string body, params string[] media) => handset.SendAsync(From, body, media);
}
