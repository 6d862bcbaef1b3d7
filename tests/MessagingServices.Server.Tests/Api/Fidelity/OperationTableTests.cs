using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Api.Fidelity;

/// <summary>The table of Twilio's operations and the routes of the server say the same.</summary>
public sealed class OperationTableTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly string[] Own = ["emulator/", "console/"];

    private IReadOnlyList<Endpoint> Endpoints => server.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>The routes that controllers have, as method and pattern.</summary>
    private HashSet<string> Routes =>
    [
        .. from endpoint in Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
           let pattern = endpoint.RoutePattern.RawText!.TrimStart('/')
           where !Own.Any(own => pattern.StartsWith(own, StringComparison.Ordinal))
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select TwilioOperation.KeyOf(method, pattern),
    ];

    [Fact]
    public void Every_route_has_its_row_and_every_row_its_route()
    {
        TwilioOperation built = Row("GET", "/v1/Things") with { Status = OperationStatus.Behaves };
        TwilioOperation refused = Row("POST", "/v1/Things");
        Assert.Equal(["GET /v1/Others has no row"],
            Differences([built, refused], ["GET /v1/Things", "GET /v1/Others"]));
        Assert.Equal(["POST /v1/Things has a route, and its row says refused"],
            Differences([built, refused], ["GET /v1/Things", "POST /v1/Things"]));
        Assert.Equal(["GET /v1/Things has a row, and no route"], Differences([built, refused], []));

        var differences = Differences(TwilioOperations.All, Routes).ToList();

        Assert.True(differences.Count == 0, string.Join('\n', differences.Prepend(
            "Mend Api/Fidelity/emulated-operations.txt, then run UPDATE_DOCS=1 ./dev test CompatibilityPage:")));
    }

    [Fact]
    public void Every_operation_that_is_refused_has_an_endpoint_for_that()
    {
        var refusals = Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NotEmulated>() is not null)
            .Select(endpoint => TwilioOperation.KeyOf(
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single(),
                endpoint.RoutePattern.RawText!));

        Assert.Equal(
            TwilioOperations.All.Where(operation => operation.Status == OperationStatus.Refused)
                .Select(operation => operation.Key).Order(StringComparer.Ordinal),
            refusals.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_that_is_refused_is_501_on_its_host_and_with_its_prefix()
    {
        var refused = TwilioOperations.All.Where(operation => operation.Status == OperationStatus.Refused).ToList();
        Assert.True(refused.Count > 100);
        foreach (var operation in refused)
        {
            var path = PathOf(operation);
            await Refused(operation.Method, $"/{operation.Product}{path}", null, $"{operation.Method} {path}");
            await Refused(
                operation.Method, path, $"{operation.Product}.twilio.com", $"{operation.Method} {path}");
        }

        async Task Refused(string method, string path, string? host, string named)
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Headers.Host = host;
            var response = await ApiResponse.ReadAsync(await server.Http.SendAsync(request));
            Assert.True((response.Status, response["code"]) == (501, "99501"), $"{named}: {response.Text}");
            Assert.EndsWith($": {named}", response["message"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_parameter_that_is_kept_is_read()
    {
        var unread = from emulated in FidelityReport.Of(server.Services.GetRequiredService<EndpointDataSource>())
            from name in emulated.Operation.Kept
            where emulated.Parameters.Any(
                parameter => parameter.Name == name && parameter.Status == ParameterStatus.Ignored)
                || emulated.Parameters.All(parameter => parameter.Name != name)
            select $"{emulated.Operation.Key}: {name}";

        Assert.Empty(unread);
    }

    [Theory]
    [InlineData("POST", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "Body", "Honoured")]
    [InlineData("POST", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "RiskCheck", "Kept")]
    [InlineData("GET", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "DateSent<", "Honoured")]
    [InlineData("GET", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "PageToken", "Honoured")]
    [InlineData("POST", "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Feedback.json", "Outcome", "Kept")]
    [InlineData("POST", "/v1/Conversations", "Timers.Inactive", "Ignored")]
    [InlineData("POST", "/v1/Conversations", "X-Twilio-Webhook-Enabled", "Honoured")]
    [InlineData("POST", "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p", "X-Twilio-Api-Version", "Honoured")]
    [InlineData("POST", "/v2/Channels/Senders", "sender_id", "Honoured")]
    [InlineData("POST", "/v2/Channels/Senders", "profile", "Kept")]
    public void A_parameter_is_honoured_kept_or_ignored(string method, string path, string name, string status)
    {
        var operation = FidelityReport.Of(server.Services.GetRequiredService<EndpointDataSource>())
            .Single(emulated => emulated.Operation.Method == method && emulated.Operation.Path == path);

        var parameter = operation.Parameters.Single(parameter => parameter.Name == name);

        Assert.Equal(Enum.Parse<ParameterStatus>(status), parameter.Status);
    }

    [Fact]
    public void The_table_has_all_of_Twilios_specifications()
    {
        // The numbers of operations in Twilio's specifications, without rows of our own.
        var counts = Table.Read(typeof(TwilioOperations), "twilio-operations.txt").CountBy(row => row.Split(' ')[0]);

        Assert.Equal(
            [("accounts", 20), ("api", 197), ("content", 11), ("conversations", 103), ("iam", 10), ("messaging", 66),
                ("monitor", 4)],
            counts.Select(product => (product.Key, product.Value)));
        Assert.Equal(39, TwilioProducts.All.Count);
    }

    private static TwilioOperation Row(string method, string path) => new("messaging", method, path, []);

    private static IEnumerable<string> Differences(
        IReadOnlyList<TwilioOperation> operations, HashSet<string> routes)
    {
        var rows = operations.Where(operation => operation.Status != OperationStatus.Refused)
            .Select(operation => operation.Key).ToHashSet();
        var refused = operations.Select(operation => operation.Key).Except(rows).ToHashSet();
        return routes.Except(rows).Select(route => refused.Contains(route)
            ? $"{route} has a route, and its row says refused" : $"{route} has no row")
            .Concat(rows.Except(routes).Select(row => $"{row} has a row, and no route"));
    }

    /// <summary>A path of the operation, with the account of the caller.</summary>
    private static string PathOf(TwilioOperation operation)
    {
        var path = operation.Pattern[(operation.Pattern.Length - operation.Path.Length)..];
        if (operation.Product == TwilioProducts.Api)
        {
            path = operation.Pattern.Replace(
                "{AccountSid}", MessagingServer.AccountSid, StringComparison.Ordinal);
        }

        return System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", $"XX{new string('a', 32)}");
    }
}
