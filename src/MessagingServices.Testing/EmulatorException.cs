namespace MessagingServices.Testing;

/// <summary>
/// An expectation of a test did not hold, or the server has refused a call or cannot be reached. The message says what
/// happened instead, and why.
/// </summary>
public sealed class EmulatorException : Exception, IAssertionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">The cause, or null.</param>
    public EmulatorException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>
/// By an interface of this name xunit v3 tells failed expectations from errors. It looks for the name alone, so that
/// libraries need no reference to xunit.
/// </summary>
internal interface IAssertionException;
