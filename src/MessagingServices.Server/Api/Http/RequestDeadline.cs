using System.Diagnostics;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Limits how long a request waits for the database: then its operations are canceled, and the response is 503. The
/// time in which the server receives the body or sends the response does not count.
/// </summary>
internal sealed class RequestDeadline(RequestDelegate next, DatabaseWaitOptions options)
{
    /// <summary>Calls the rest of the pipeline with a <c>RequestAborted</c> that ends the wait.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<WithoutDeadlineAttribute>() is not null)
        {
            await next(context);
            return;
        }

        var disconnected = context.RequestAborted;
        using var wait = new DatabaseWait(options.RequestTimeout(), disconnected);
        context.Features.Set(wait);
        context.Response.OnStarting(DatabaseWait.PauseAsync, wait);
        context.RequestAborted = wait.Token;
        try
        {
            await next(context);
        }
        finally
        {
            // Who reads it later asks whether the caller has closed the connection.
            context.RequestAborted = disconnected;
        }
    }
}

/// <summary>The wait of one request for the database.</summary>
internal sealed class DatabaseWait : IDisposable
{
    private readonly CancellationTokenSource end;
    private TimeSpan left;
    private long since;
    private bool isOver;

    /// <summary>Begins the wait.</summary>
    /// <param name="longest">The longest wait.</param>
    /// <param name="disconnected">Ends it, too.</param>
    public DatabaseWait(TimeSpan longest, CancellationToken disconnected)
    {
        end = CancellationTokenSource.CreateLinkedTokenSource(disconnected);
        left = longest;
        Resume();
    }

    /// <summary>Ends what waits for the database.</summary>
    public CancellationToken Token => end.Token;

    /// <summary>The request waits for its caller now.</summary>
    public void Pause()
    {
        // An error is written when the wait is over.
        if (isOver) return;
        end.CancelAfter(Timeout.InfiniteTimeSpan);
        left -= Stopwatch.GetElapsedTime(since);
    }

    /// <summary>The request waits for the database again.</summary>
    public void Resume()
    {
        since = Stopwatch.GetTimestamp();
        end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isOver = true;
        end.Dispose();
    }

    /// <summary>Pauses the wait that is the argument.</summary>
    internal static Task PauseAsync(object wait)
    {
        ((DatabaseWait)wait).Pause();
        return Task.CompletedTask;
    }
}

/// <summary>An action that waits as long as its work takes: see <see cref="RequestDeadline"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithoutDeadlineAttribute : Attribute;
