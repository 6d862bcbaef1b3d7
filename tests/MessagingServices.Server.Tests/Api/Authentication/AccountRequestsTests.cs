using MessagingServices.Server.Api.Authentication;

namespace MessagingServices.Server.Tests.Api.Authentication;

public sealed class AccountRequestsTests
{
    private static readonly Sid One = Sid.Create(SidPrefix.Account, 1);
    private static readonly Sid Two = Sid.Create(SidPrefix.Account, 2);
    private readonly AccountRequests requests = new();

    [Fact]
    public void Requests_are_counted_by_account()
    {
        Assert.Equal((1, 1, 2), (requests.Begin(One), requests.Begin(Two), requests.Begin(One)));

        requests.End(One);

        Assert.Equal((2, 2), (requests.Begin(One), requests.Begin(Two)));
    }

    [Fact]
    public void An_account_without_requests_costs_nothing()
    {
        requests.Begin(One);
        requests.Begin(Two);

        requests.End(One);

        Assert.Equal((1, 2), (requests.Accounts, requests.Begin(Two)));
    }

    [Fact]
    public void Requests_of_many_threads_are_all_counted()
    {
        Parallel.For(0, 10_000, _ =>
        {
            Assert.True(requests.Begin(One) >= 1);
            requests.End(One);
        });

        Assert.Equal(0, requests.Accounts);
    }
}
