namespace MessagingServices.Domain.Tests.Webhooks;

public class AttemptOutcomeTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void Any_2xx_status_acknowledges(int status)
    {
        var outcome = AttemptOutcome.OfStatus(status);

        Assert.Equal(new AttemptOutcome.Acknowledged(status), outcome);
        Assert.Null(outcome.ErrorCode);
        Assert.False(outcome.IsRetriedBy(RetryOn.All));
    }

    [Theory]
    [InlineData(199, 11200, RetryOn.None)]
    [InlineData(304, 11200, RetryOn.None)]
    [InlineData(400, 11217, RetryOn.ClientErrors)]
    [InlineData(499, 11217, RetryOn.ClientErrors)]
    [InlineData(500, 11217, RetryOn.ServerErrors)]
    [InlineData(599, 11217, RetryOn.ServerErrors)]
    [InlineData(600, 11200, RetryOn.None)]
    public void Any_other_status_rejects_and_its_class_decides_the_retry(int status, int errorCode, RetryOn retriedBy)
    {
        var outcome = AttemptOutcome.OfStatus(status);

        Assert.Equal(new AttemptOutcome.Rejected(status), outcome);
        Assert.Equal(errorCode, outcome.ErrorCode);
        AssertRetriedOnlyBy(retriedBy, outcome);
    }

    [Theory]
    [InlineData(UnreachableReason.ConnectTimeout, 11205, RetryOn.ConnectFailures)]
    [InlineData(UnreachableReason.ConnectFailed, 11205, RetryOn.ConnectFailures)]
    [InlineData(UnreachableReason.ReadTimeout, 11205, RetryOn.ReadTimeouts)]
    [InlineData(UnreachableReason.TotalTimeout, 11203, RetryOn.None)]
    [InlineData(UnreachableReason.BadHostName, 11210, RetryOn.ConnectFailures)]
    [InlineData(UnreachableReason.TooManyRedirects, 11215, RetryOn.None)]
    [InlineData(UnreachableReason.InvalidRedirect, 11216, RetryOn.None)]
    [InlineData(UnreachableReason.Forbidden, 11205, RetryOn.None)]
    [InlineData(UnreachableReason.ConnectionBroken, 11206, RetryOn.None)]
    [InlineData(UnreachableReason.OwnError, 11200, RetryOn.None)]
    public void Each_reason_has_an_error_code_and_a_retry_policy(
        UnreachableReason reason, int errorCode, RetryOn retriedBy)
    {
        var outcome = new AttemptOutcome.Unreachable(reason, "what happened");

        Assert.Equal(errorCode, outcome.ErrorCode);
        AssertRetriedOnlyBy(retriedBy, outcome);
    }

    [Fact]
    public void AttemptOutcome_has_exactly_three_cases()
    {
        var outcomes = typeof(AttemptOutcome).Assembly.GetTypes()
            .Where(type => type.BaseType == typeof(AttemptOutcome));

        Assert.Equal(["Acknowledged", "Rejected", "Unreachable"], outcomes.Select(type => type.Name).Order());
    }

    private static void AssertRetriedOnlyBy(RetryOn expected, AttemptOutcome outcome)
    {
        foreach (var policy in (RetryOn[])[RetryOn.ClientErrors, RetryOn.ServerErrors, RetryOn.ConnectFailures,
            RetryOn.ReadTimeouts])
            Assert.Equal(policy == expected, outcome.IsRetriedBy(policy));

        Assert.Equal(expected != RetryOn.None, outcome.IsRetriedBy(RetryOn.All));
        Assert.False(outcome.IsRetriedBy(RetryOn.None));
    }
}
