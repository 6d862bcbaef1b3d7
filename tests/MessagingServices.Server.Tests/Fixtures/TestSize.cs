namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>How many things a test works on: few in <c>./dev test</c>, all with MESSAGING_TEST_SIZE=full.</summary>
internal static class TestSize
{
    /// <summary>The number for this run.</summary>
    public static int Of(int few, int all) =>
        Environment.GetEnvironmentVariable("MESSAGING_TEST_SIZE") == "full" ? all : few;
}
