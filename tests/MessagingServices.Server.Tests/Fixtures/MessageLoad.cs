using System.Collections.Concurrent;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Sends messages to servers that share a database, several at once, until the test stops it, whatever happens to the
/// servers meanwhile; and knows which of them were answered with 201.
/// </summary>
internal sealed class MessageLoad
{
    private const int CallersOfEach = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> accepted = new();
    private readonly ConcurrentQueue<string> unexpected = new();
    private readonly string service;
    private readonly Task sending;
    private volatile bool isStopping;
    private int sent;

    private MessageLoad(string service, HttpClient[] servers)
    {
        this.service = service;
        sending = Task.WhenAll(servers.SelectMany(server => Enumerable.Range(0,
            CallersOfEach).Select(_ => Task.Run(() => SendAsync(server)))));
    }

    /// <summary>The messages that were answered with 201.</summary>
    public IReadOnlyCollection<string> Accepted => accepted;

    /// <summary>Begins to send through a Messaging Service.</summary>
    public static MessageLoad Start(string service, params ServerUnderTest[] servers) =>
        new(service, [.. servers.Select(server => server.Http)]);

    /// <summary>Waits until so many more have been answered with 201.</summary>
    public async Task UntilAcceptedAsync(int more)
    {
        var enough = accepted.Count + more;
        await Eventually.TrueAsync(
            () => accepted.Count >= enough, () => $"{enough - accepted.Count} of {more} are missing.", Patience);
    }

    /// <summary>
    /// Stops when the requests under way are answered. None was answered otherwise than with 201, 429 or 503.
    /// </summary>
    /// <param name="logs">Whose logs are shown when one was.</param>
    public async Task StopAsync(params ServerUnderTest[] logs)
    {
        isStopping = true;
        await sending.WaitAsync(Patience);
        Assert.True(unexpected.IsEmpty,
            string.Join('\n', unexpected.Take(3).Concat(logs.Select(server => server.Output))));
    }

    private async Task SendAsync(HttpClient server)
    {
        while (!isStopping)
        {
            var number = Interlocked.Increment(ref sent);
            try
            {
                var answer = await ApiResponse.ReadAsync(await server.PostAsync(MessagesApi.Path, TestApi.Form(
                    ("To", $"+1415{2_000_000 + number}"), ("MessagingServiceSid", service),
                    ("Body", $"Message {number}"))));
                if (answer.Status == 201) accepted.Enqueue(answer["sid"]!);
                else if (answer.Status is not (429 or 503)) unexpected.Enqueue($"{answer.Status} {answer.Text}");
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // The server was killed: the message may be stored or not.
            }

            await Task.Delay(Pause);
        }
    }
}
