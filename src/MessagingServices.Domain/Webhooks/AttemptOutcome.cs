namespace MessagingServices.Domain.Webhooks;

/// <summary>How one attempt at a webhook ended: exactly one of the records nested here.</summary>
public abstract record AttemptOutcome
{
    // Private, so that no outcome can be added outside this file.
    private AttemptOutcome()
    {
    }

    /// <summary>The outcome of an attempt that was answered: any 2xx acknowledges, any other status rejects.</summary>
    public static AttemptOutcome Answered(int statusCode) =>
        statusCode is >= 200 and <= 299 ? new Acknowledged(statusCode) : new Rejected(statusCode);

    /// <summary>
    /// Twilio's code for the failure, null when there is none.
    /// See <see href="https://www.twilio.com/docs/api/errors"/>, 11200 to 11217.
    /// </summary>
    public abstract int? ErrorCode { get; }

    /// <summary>Whether a retry policy asks for another attempt after this outcome, if the retry count and the time allow it.</summary>
    public abstract bool IsRetriedBy(RetryOn policy);

    /// <summary>The receiver has taken it.</summary>
    /// <param name="StatusCode">The HTTP status, 200 to 299.</param>
    public sealed record Acknowledged(int StatusCode) : AttemptOutcome
    {
        /// <inheritdoc/>
        public override int? ErrorCode => null;

        /// <inheritdoc/>
        public override bool IsRetriedBy(RetryOn policy) => false;
    }

    /// <summary>The receiver answered, but not with success.</summary>
    /// <param name="StatusCode">The HTTP status, any but 200 to 299.</param>
    public sealed record Rejected(int StatusCode) : AttemptOutcome
    {
        /// <inheritdoc/>
        public override int? ErrorCode => StatusCode is >= 400 and <= 599 ? 11217 : 11200;

        /// <inheritdoc/>
        public override bool IsRetriedBy(RetryOn policy) => StatusCode switch
        {
            >= 400 and <= 499 => policy.HasFlag(RetryOn.ClientErrors),
            >= 500 and <= 599 => policy.HasFlag(RetryOn.ServerErrors),
            _ => false,
        };
    }

    /// <summary>No final answer came.</summary>
    /// <param name="Reason">What went wrong.</param>
    /// <param name="Detail">The same in words, for the log and the record of the attempt.</param>
    public sealed record Unreachable(UnreachableReason Reason, string Detail) : AttemptOutcome
    {
        /// <inheritdoc/>
        public override int? ErrorCode => Reason switch
        {
            UnreachableReason.TotalTimeout => 11203,
            // Twilio names networks that it cannot call among the causes of 11205.
            UnreachableReason.ConnectTimeout or UnreachableReason.ConnectFailed
                or UnreachableReason.ReadTimeout or UnreachableReason.Forbidden => 11205,
            UnreachableReason.ConnectionBroken => 11206,
            UnreachableReason.BadHostName => 11210,
            UnreachableReason.OwnError => 11200,
            UnreachableReason.TooManyRedirects => 11215,
            UnreachableReason.InvalidRedirect => 11216,
        };

        /// <inheritdoc/>
        public override bool IsRetriedBy(RetryOn policy) => Reason switch
        {
            UnreachableReason.ConnectTimeout or UnreachableReason.ConnectFailed or UnreachableReason.BadHostName =>
                policy.HasFlag(RetryOn.ConnectFailures),
            UnreachableReason.ReadTimeout => policy.HasFlag(RetryOn.ReadTimeouts),
            // Neither more time nor another answer is to be had, and a broken answer is never retried.
            UnreachableReason.TotalTimeout or UnreachableReason.TooManyRedirects or UnreachableReason.InvalidRedirect
                or UnreachableReason.Forbidden or UnreachableReason.ConnectionBroken or UnreachableReason.OwnError => false,
        };
    }
}
