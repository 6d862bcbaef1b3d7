namespace MessagingServices.Domain.OptOuts;

/// <summary>
/// The effect of a keyword. With Advanced Opt-Out, the inbound webhook has it in <c>OptOutType</c>, in capital letters.
/// </summary>
public enum OptOutType
{
    /// <summary>The handset opts out.</summary>
    Stop,

    /// <summary>The handset opts in again.</summary>
    Start,

    /// <summary>The handset asks for help.</summary>
    Help,
}
