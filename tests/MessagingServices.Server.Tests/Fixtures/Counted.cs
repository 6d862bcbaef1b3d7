namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>What a test counted, for whoever reads the test run: <c>./dev test</c> shows these lines.</summary>
internal static class Counted
{
    /// <summary>Shows a line.</summary>
    public static void Show(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage($"Counted: {line}");
    }
}
