using System.Diagnostics;
using System.Threading.Channels;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Commits the messages of concurrent requests together: a writer takes what waits, up to 200 messages, and every caller is answered
/// after the commit that holds its message. At 64 connections this accepts 3.5 times as much as one transaction a request, with the
/// same durability. When the writers cannot keep up, callers are refused with 20429 and nothing of theirs is stored.
/// </summary>
internal sealed partial class MessageWriter(
    NpgsqlDataSource database, SidSource sids, PipelineSignals signals, MessageTelemetry telemetry, ILogger<MessageWriter> logger)
    : BackgroundService
{
    private const int Capacity = 10_000;
    private const int BatchSize = 200;
    private const int Tries = 4;

    /// <summary>The second writes when more waits than one batch holds, and when the first is held up.</summary>
    private const int Writers = 2;

    private static readonly TimeSpan HeldUp = TimeSpan.FromMilliseconds(50);

    private readonly Channel<PendingMessage> channel = System.Threading.Channels.Channel.CreateBounded<PendingMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>
    /// Whose turn it is. The fewer commits, the more each holds: 17 % more messages at 16 connections than when both write whenever they
    /// can, 4 % more at 64.
    /// </summary>
    private readonly SemaphoreSlim turn = new(1);

    private int waiting;
    private volatile bool isStopping;

    /// <summary>How many messages are not stored yet, those included that are being written.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Stores a new message; when the task ends the message is committed.</summary>
    /// <exception cref="TwilioException">20429 when too many wait; 20503 when the database does not take it.</exception>
    public Task AddAsync(Message message)
    {
        var arrived = new PendingMessage(message, new(TaskCreationOptions.RunContinuationsAsynchronously), telemetry.Start());
        Interlocked.Increment(ref waiting);
        if (channel.Writer.TryWrite(arrived)) return arrived.Committed.Task;
        Interlocked.Decrement(ref waiting);
        var error = isStopping ? MessagingError.Unavailable : MessagingError.TooManyRequests;
        telemetry.Refused(error);
        return Task.FromException(new TwilioException(error.ToApiError()));
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Requests have ended by now; what they left behind is still written.
        isStopping = true;
        channel.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        telemetry.WatchPending(() => Waiting);
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync, CancellationToken.None)));
    }

    private async Task WriteAsync()
    {
        var failures = new ThrottledLog("Storing messages", logger, TimeProvider.System);
        var batch = new List<PendingMessage>(BatchSize);
        while (await channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var isMyTurn = channel.Reader.Count < BatchSize && await turn.WaitAsync(HeldUp);
            try
            {
                batch.Clear();
                while (batch.Count < BatchSize && channel.Reader.TryRead(out var arrived)) batch.Add(arrived);
                if (batch.Count == 0) continue;
                await CommitAsync([.. batch], failures);
                Interlocked.Add(ref waiting, -batch.Count);
            }
            finally
            {
                if (isMyTurn) turn.Release();
            }
        }
    }

    private async Task CommitAsync(PendingMessage[] batch, ThrottledLog failures, bool maybeStored = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                await SaveAsync(batch, maybeStored);
                telemetry.Accepted(batch.Length, Stopwatch.GetElapsedTime(began), batch.Select(arrived => (arrived.Message, arrived.TraceStart)));
                failures.Succeeded();
                foreach (var arrived in batch) arrived.Committed.TrySetResult();
                return;
            }
            catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation && !maybeStored)
            {
                // Which of them is there already is found out by asking for each, which costs too much to be done always.
                maybeStored = true;
            }
            catch (PostgresException refused) when (refused.IsRowError() && batch.Length > 1)
            {
                // One row that the database does not take must not take the others with it.
                var half = batch.Length / 2;
                await CommitAsync(batch[..half], failures, maybeStored);
                await CommitAsync(batch[half..], failures, maybeStored);
                return;
            }
            catch (PostgresException refused) when (refused.IsRowError())
            {
                LogRefused(batch[0].Message.Sid, refused);
                telemetry.Refused(MessagingError.InternalError);
                batch[0].Committed.TrySetException(new TwilioException(MessagingError.InternalError.ToApiError()));
                return;
            }
            catch (Exception failure) when (attempt < Tries)
            {
                // The commit may have happened: the same SIDs are written again, and what is there stays.
                failures.Failed(failure);
                maybeStored = true;
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt * attempt));
            }
            catch (Exception failure)
            {
                failures.Failed(failure);
                telemetry.Refused(MessagingError.Unavailable, batch.Length);
                foreach (var arrived in batch) arrived.Committed.TrySetException(new TwilioException(MessagingError.Unavailable.ToApiError()));
                return;
            }
        }
    }

    /// <summary>Saves the messages in one implicit transaction, and wakes their stages.</summary>
    private async Task SaveAsync(PendingMessage[] pending, bool maybeStored)
    {
        var batch = new WriteBatch(sids, maybeStored);
        foreach (var (message, _, _) in pending) batch.Send(message);
        await using var connection = await database.OpenConnectionAsync();
        await batch.SaveAsync(connection, transaction: null, CancellationToken.None);
        signals.Wake(batch.Feeds);
    }

    private sealed record PendingMessage(Message Message, TaskCompletionSource Committed, TraceStart TraceStart);

    [LoggerMessage(LogLevel.Error, "The database refused message {Message}")]
    private partial void LogRefused(Sid message, Exception failure);
}
