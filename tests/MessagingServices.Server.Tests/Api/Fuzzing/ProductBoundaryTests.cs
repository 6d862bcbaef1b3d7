using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Fuzzing;

/// <summary>Products share paths: a request for one product never makes a thing of another.</summary>
public sealed class ProductBoundaryTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task No_request_for_one_product_makes_a_thing_of_another()
    {
        var before = await CountRowsAsync();
        List<string> failures = [];
        foreach (var (product, path, form) in Creations.All())
        {
            foreach (var host in Hosts.All.Where(host => host != $"{product}.twilio.com"))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = TestApi.Form(form) };
                request.Headers.Host = host;
                using var answer = await server.Http.SendAsync(request);
                if ((int)answer.StatusCode is < 400 or (>= 500 and not 501))
                    failures.Add($"{(int)answer.StatusCode} {host}{path}");
            }
        }

        Assert.Equal(before, await CountRowsAsync());
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        // The same requests make something where they belong.
        foreach (var (product, path, form) in Creations.All())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = TestApi.Form(form) };
            request.Headers.Host = $"{product}.twilio.com";
            Assert.Equal(201, (int)(await server.Http.SendAsync(request)).StatusCode);
        }
    }

    private async Task<string> CountRowsAsync() => (string)(await Sql.ScalarAsync(server.ConnectionString,
        """
        SELECT string_agg(concat(relname, ' ', (xpath('/row/c/text()', query_to_xml(
            format('SELECT count(*) AS c FROM %I', relname), false, true, '')))[1]), ', ' ORDER BY relname)
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname NOT IN ('server_processes', 'account_tasks', '__EFMigrationsHistory')
        """))!;
}
