using MessagingServices.Server.Api.Authentication;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// Ends streams whose caller may do nothing any more. Streams of one credential share a check, so that many of them
/// cost no more than one.
/// </summary>
internal sealed class StreamChecks(CallerCheck check, AccountCache accounts, FailureLogs logs, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Dictionary<(Credential Credential, Sid Account), Shared> shared = [];
    private readonly ThrottledLog failures = logs.Of<StreamChecks>("Checking the callers of streams");

    /// <summary>Begins to check a caller.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="account">The account of the stream: the caller's own, or a subaccount.</param>
    /// <returns>Its token ends with the permission. Dispose it with the stream.</returns>
    public StreamCheck Begin(Caller caller, Sid account)
    {
        var key = (caller.Credential, account);
        lock (gate)
        {
            if (!shared.TryGetValue(key, out var known) || known.Ended.IsCancellationRequested)
            {
                shared[key] = known = new();
                _ = Task.Run(() => RunAsync(caller, account, known));
            }

            known.Streams++;
            return new(() => End(key, known), known.Ended.Token);
        }
    }

    private void End((Credential, Sid) key, Shared state)
    {
        lock (gate)
        {
            if (--state.Streams > 0) return;
            // Another one may have begun after this one had ended its streams.
            if (shared.GetValueOrDefault(key) == state) shared.Remove(key);
        }

        state.Ended.Cancel();
    }

    private async Task RunAsync(Caller caller, Sid account, Shared state)
    {
        var ended = state.Ended.Token;
        var checkCaller = check.For(caller);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, time, ended);
                await checkCaller(ended);
                if (account != caller.AccountSid
                    && await accounts.ReadAsync(account) is not { Status: AccountStatus.Active })
                    throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
                failures.Succeeded();
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (TwilioException)
            {
                await state.Ended.CancelAsync();
            }
            catch (Exception failure)
            {
                // The database does not answer: no new request is accepted now, but streams go on.
                failures.Failed(failure);
            }
        }
    }

    private sealed class Shared
    {
        public CancellationTokenSource Ended { get; } = new();

        public int Streams { get; set; }
    }
}

/// <summary>The check of one stream.</summary>
/// <param name="end">Ends the check.</param>
/// <param name="token">Ends when the caller may do nothing any more.</param>
internal sealed class StreamCheck(Action end, CancellationToken token) : IDisposable
{
    public CancellationToken Token => token;

    /// <inheritdoc/>
    public void Dispose() => end();
}
