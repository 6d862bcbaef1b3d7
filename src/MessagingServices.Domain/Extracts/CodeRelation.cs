namespace MessagingServices.Domain.Extracts;

/// <summary>How a candidate stands to the name of a code, best last.</summary>
internal enum CodeRelation
{
    /// <summary>It has the name of something else, such as an order.</summary>
    OtherName,

    /// <summary>No name is near.</summary>
    None,

    /// <summary>The name of a code is in a sentence beside its own.</summary>
    NextSentence,

    /// <summary>The name of a code is in the same sentence.</summary>
    SameSentence,

    /// <summary>"Use 123456 to sign in".</summary>
    Used,

    /// <summary>"Enter 123456", "Show 123456 to the courier".</summary>
    Entered,

    /// <summary>"123456 is your code", "Your code for the shop is 123456".</summary>
    Joined,

    /// <summary>"code 123456", "code: 123456", "code is 123456".</summary>
    Named,
}
