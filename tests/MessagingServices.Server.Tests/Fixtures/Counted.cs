namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A number that a test counted. <c>./dev test</c> shows these lines.</summary>
internal static class Counted
{
    /// <summary>Shows a line.</summary>
    public static void Show(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage($"Counted: {line}");
    }
}
