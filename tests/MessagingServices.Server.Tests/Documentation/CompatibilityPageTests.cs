using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary>The tables of the page about compatibility are those of the server.</summary>
public sealed class CompatibilityPageTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Update = "UPDATE_DOCS";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "compatibility.md");

    [Fact]
    public void The_page_matches_the_operations()
    {
        var text = File.ReadAllText(Page);
        var renewed = FidelityPage.Renew(
            text, FidelityReport.Of(server.Services.GetRequiredService<EndpointDataSource>()));
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 }) File.WriteAllText(Page, text = renewed);

        Assert.True(text == renewed,
            "docs/compatibility.md differs from the operations of the server. Make it again: "
            + $"{Update}=1 ./dev test {nameof(CompatibilityPageTests)}");
    }

    [Fact]
    public void A_page_without_a_place_for_the_operations_is_an_error() =>
        Assert.Throws<FormatException>(() => FidelityPage.Renew("# Page", []));
}
