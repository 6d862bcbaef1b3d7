namespace MessagingServices.Domain.Webhooks;

/// <summary>The outcome of one webhook attempt: exactly one of the nested records.</summary>
public abstract record AttemptOutcome
{
    // Private, so that no other file can add an outcome.
    private AttemptOutcome()
    {
    }

    /// <summary>The outcome of an attempt with a response: 2xx is acknowledged, any other status is rejected.</summary>
    public static AttemptOutcome OfStatus(int statusCode) =>
        statusCode is >= 200 and <= 299 ? new Acknowledged(statusCode) : new Rejected(statusCode);

    /// <summary>
    /// Twilio's error code, 11200 to 11217; null for success. See <see href="https://www.twilio.com/docs/api/errors"/>.
    /// </summary>
    public abstract int? ErrorCode { get; }

    /// <summary>
    /// Whether the retry policy asks for a retry after this outcome. Retry count and total timeout may still forbid it.
    /// </summary>
    public abstract bool IsRetriedBy(RetryOn policy);

    /// <summary>The receiver acknowledged the webhook.</summary>
    /// <param name="StatusCode">The HTTP status, 200 to 299.</param>
    public sealed record Acknowledged(int StatusCode) : AttemptOutcome
    {
        /// <inheritdoc/>
        public override int? ErrorCode => null;

        /// <inheritdoc/>
        public override bool IsRetriedBy(RetryOn policy) => false;
    }

    /// <summary>The receiver responded with an error.</summary>
    /// <param name="StatusCode">The HTTP status, outside 200 to 299.</param>
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

    /// <summary>No complete response was received.</summary>
    /// <param name="Reason">The cause.</param>
    /// <param name="Detail">The cause in words, for the log and the record of the attempt.</param>
    public sealed record Unreachable(UnreachableReason Reason, string Detail) : AttemptOutcome
    {
        /// <inheritdoc/>
        public override int? ErrorCode => Reason switch
        {
            UnreachableReason.TotalTimeout => 11203,
            // Twilio's page of 11205 also names networks that Twilio cannot reach.
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
            // A retry would fail again, and Twilio never retries an incomplete response.
            UnreachableReason.TotalTimeout or UnreachableReason.TooManyRedirects or UnreachableReason.InvalidRedirect
                or UnreachableReason.Forbidden or UnreachableReason.ConnectionBroken
                or UnreachableReason.OwnError => false,
        };
    }
}
