using MessagingServices.Server.Startup;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>Which parents of a server process are commands that it must not outlive.</summary>
public sealed class ToolLauncherTests
{
    [Theory]
    [InlineData("/usr/share/dotnet/dotnet exec /usr/share/dotnet/sdk/10.0.401/dotnet.dll dnx MessagingServices", true)]
    [InlineData("dotnet dnx MessagingServices --yes", true)]
    [InlineData("dotnet tool run messaging-services -- --urls http://localhost:1", true)]
    [InlineData("dotnet messaging-services", true)]
    [InlineData("dotnet exec testhost.dll --port 1234 --tool dnx", false)]
    [InlineData("dotnet exec shop.dll tool", false)]
    [InlineData("dotnet shop.dll dnx", false)]
    [InlineData("dotnet exec", false)]
    [InlineData("dotnet", false)]
    [InlineData("/bin/bash", false)]
    [InlineData("/home/dnx/server tool", false)]
    [InlineData("", false)]
    public void Commands_of_dotnet_are_told_from_other_programs(string commandLine, bool isLauncher) =>
        Assert.Equal(isLauncher, ToolLauncher.IsLauncher(commandLine.Split(' ')));
}
