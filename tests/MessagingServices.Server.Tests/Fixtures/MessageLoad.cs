using System.Collections.Concurrent;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Sends messages of several accounts, which have the same numbers, to servers that share a database, until the test
/// stops it, whatever happens to the servers meanwhile; and knows which of them were answered with 201.
/// </summary>
internal sealed class MessageLoad
{
    private const int Accounts = 5;
    private const int CallersOfEach = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> accepted = new();
    private readonly ConcurrentQueue<string> unexpected = new();
    private readonly IReadOnlyList<(TestAccount Account, string Service)> senders;
    private readonly IReadOnlyList<ServerUnderTest> servers;
    private readonly Task sending;
    private volatile bool isStopping;
    private int sent;

    private MessageLoad(
        IReadOnlyList<(TestAccount Account, string Service)> senders, IReadOnlyList<ServerUnderTest> servers)
    {
        this.senders = senders;
        this.servers = servers;
        sending = Task.WhenAll(servers.SelectMany(server => Enumerable.Range(0,
            CallersOfEach).Select(_ => Task.Run(() => SendAsync(server.Http.BaseAddress!)))));
    }

    /// <summary>The messages that were answered with 201.</summary>
    public IReadOnlyCollection<string> Accepted => accepted;

    /// <summary>Begins to send, through a Messaging Service of each account.</summary>
    /// <param name="statusCallback">Where the callbacks of all go.</param>
    /// <param name="servers">The servers.</param>
    public static async Task<MessageLoad> StartAsync(string statusCallback, params ServerUnderTest[] servers)
    {
        List<(TestAccount, string)> senders = [];
        for (var i = 0; i < Accounts; i++)
        {
            var account = await TestAccount.CreateAsync(servers[0].Http);
            senders.Add((account, await account.Api.Services.CreateWithCallbackAsync(
                statusCallback, "+14155550171", "+14155550172")));
        }

        return new(senders, servers);
    }

    /// <summary>Waits until so many more have been answered with 201.</summary>
    public async Task UntilAcceptedAsync(int more)
    {
        var enough = accepted.Count + more;
        await Eventually.TrueAsync(
            () => accepted.Count >= enough, () => $"{enough - accepted.Count} of {more} are missing.", Patience);
    }

    /// <summary>
    /// Stops when the requests under way are answered. None was answered otherwise than with 201, 429 or 503; if one
    /// was, the logs of the servers are shown.
    /// </summary>
    public async Task StopAsync()
    {
        isStopping = true;
        await sending.WaitAsync(Patience);
        Assert.True(unexpected.IsEmpty,
            string.Join('\n', unexpected.Take(3).Concat(servers.Select(server => server.Output))));
    }

    private async Task SendAsync(Uri server)
    {
        var own = senders.Select(sender => (sender.Account.On(server).Http, sender.Service)).ToList();
        while (!isStopping)
        {
            var number = Interlocked.Increment(ref sent);
            var (http, service) = own[number % own.Count];
            try
            {
                var answer = await ApiResponse.ReadAsync(await http.PostAsync(MessagesApi.Path, TestApi.Form(
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
