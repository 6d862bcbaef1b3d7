using MessagingServices.Server.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>The line that the log has for a refused request.</summary>
public sealed class RefusedRequestLogTests
{
    private readonly Lines lines = new();

    [Theory]
    [InlineData("/v1/Things", "/v1/Things")]
    [InlineData("/a\nb", "/a%0Ab")]
    public async Task It_has_the_path_so_that_it_stays_one_line(string path, string shown)
    {
        var id = await RefuseAsync(path);

        Assert.Equal($"GET {shown} gets 404, error 20404 ({id})", Assert.Single(lines));
    }

    [Fact]
    public async Task It_has_the_beginning_of_a_long_path()
    {
        await RefuseAsync($"/{new string('a', 255)}");
        await RefuseAsync($"/{new string('a', 60_000)}");

        Assert.All(lines, line => Assert.StartsWith(
            $"GET /{new string('a', 255)} gets 404", line, StringComparison.Ordinal));
    }

    private async Task<string> RefuseAsync(string path)
    {
        var time = new FakeTimeProvider();
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");
        using var outage = new DatabaseOutage(new(source, time), time, new Lines());
        var middleware = new ErrorMiddleware(
            _ => throw new TwilioException(MessagingError.NotFound.ToApiError("it")), new SidSource(time),
            new(outage, lines), time);
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = path } };
        await middleware.InvokeAsync(context);
        return context.Response.Headers["Twilio-Request-Id"].ToString();
    }

    private sealed class Lines : List<string>, ILogger<FailedRequests>, ILogger<DatabaseOutage>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
