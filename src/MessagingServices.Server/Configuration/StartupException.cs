namespace MessagingServices.Server.Configuration;

/// <summary>
/// The server cannot start, for a reason its operator can remove. The message is one sentence for the operator that
/// names
/// the reason and says what to do; the program prints it and exits non-zero.
/// </summary>
internal sealed class StartupException(string message, Exception? innerException = null)
    : Exception(message, innerException);
