using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Npm;

/// <summary>The launcher and <c>createEmulator</c> of the npm package, whose tests are beside it.</summary>
public sealed class NpmPackageTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly string Package = Path.Combine(Repository.Root, "packaging", "npm", "messaging-services");

    [Theory]
    [InlineData("launcher")]
    [InlineData("emulator")]
    [InlineData("parallel")]
    public async Task Its_own_tests_pass(string name)
    {
        var (exitCode, output) = await Command.RunAsync(
            "node", ["--test", "--test-reporter=spec", $"test/{name}.test.js"], Package, "",
            ("MESSAGING_SERVICES_SERVER", ServerUnderTest.Program), ("CONNECTION", database.ConnectionString));

        Assert.True(exitCode == 0, output);
    }
}
