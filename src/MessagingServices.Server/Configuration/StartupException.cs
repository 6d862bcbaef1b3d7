namespace MessagingServices.Server.Configuration;

/// <summary>
/// The server cannot start, for a reason that its operator can remove. The message is one sentence for the operator. It
/// names the reason and the remedy. The program prints it and exits with a code other than zero.
/// </summary>
internal sealed class StartupException(string message, Exception? innerException = null)
    : Exception(message, innerException);
