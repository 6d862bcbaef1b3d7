using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace MessagingServices.Server.Tests.Api.Fidelity;

/// <summary>A response names the parameters that Twilio knows and the server ignores.</summary>
public sealed class IgnoredParametersTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_form_and_a_refused_form_name_them()
    {
        var created = await server.PostAsync("/v1/Conversations", ("FriendlyName", "x"), ("Timers.Inactive", "PT1H"),
            ("Timers.Closed", "PT2H"), ("timers.closed", "PT2H"), ("Nobody", "1")).ExpectAsync(201);
        Assert.Equal("Timers.Inactive,Timers.Closed", Ignored(created));

        var refused = await server.PostAsync("/v1/Conversations", ("State", "x"), ("Timers.Closed", "PT2H"));
        Assert.Equal((400, "Timers.Closed"), (refused.Status, Ignored(refused)));
    }

    [Fact]
    public async Task Most_requests_have_none()
    {
        Assert.Null(Ignored(await server.PostAsync("/v1/Conversations", ("FriendlyName", "x"), ("Nobody", "1"))));
        Assert.Null(Ignored(await server.GetAsync("/v1/Services?PageSize=1&Page=0&Timers.Closed=1")));
        Assert.Null(Ignored(await server.PostAsync(MessagesApi.Path, ("To", "x"), ("RiskCheck", "enable"))));
    }

    [Theory]
    [InlineData("""{"a":{"b":1},"c":[{"d":1}]}""", "a,c")]
    [InlineData("[1]", "")]
    [InlineData("{", "")]
    [InlineData("", "")]
    public void The_names_of_a_JSON_object_are_those_of_its_members(string json, string names) =>
        Assert.Equal(names, string.Join(',', new JsonBody(System.Text.Encoding.UTF8.GetBytes(json)).Names()));

    [Fact]
    public void At_most_twenty_are_named_and_the_others_counted()
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new RequestFacts(Sid.Parse($"RQ{new string('0', 32)}"), TimeProvider.System)
        {
            IgnoredParameters = ["DateSent<", new string('a', 70), .. Enumerable.Range(1, 21).Select(i => $"P{i}")],
        });

        CommonHeaders.Apply(context);

        Assert.Equal(
            $"DateSent%3C,{new string('a', 64)},{string.Join(',', Enumerable.Range(1, 18).Select(i => $"P{i}"))},+3",
            context.Response.Headers["Emulator-Ignored-Parameters"].ToString());
    }

    [Fact]
    public async Task They_are_counted_by_route()
    {
        await server.PostAsync("/v1/Conversations", ("Bindings.Email.Name", "x")).ExpectAsync(201);

        var metrics = await server.Http.GetStringAsync("/metrics");

        Assert.Contains(metrics.Split('\n'), line =>
            line.StartsWith("messaging_services_parameters_ignored_total", StringComparison.Ordinal)
            && line.Contains("parameter=\"Bindings.Email.Name\"", StringComparison.Ordinal)
            && line.Contains("route=\"/v1/Conversations\"", StringComparison.Ordinal)
            && line.Contains("method=\"POST\"", StringComparison.Ordinal));
    }

    private static string? Ignored(ApiResponse response) =>
        response.Response.Headers.TryGetValues(CommonHeaders.IgnoredParameters, out var values)
            ? string.Join(';', values) : null;
}
