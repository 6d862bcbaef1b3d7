namespace MessagingServices.Domain.Compliance;

/// <summary>The statuses of an A2P campaign.</summary>
public enum CampaignStatus
{
    Pending,
    InProgress,
    Verified,
    Failed,
    Suspended,
}

/// <summary>What the registration of a number decides for its messages to the US.</summary>
public enum CampaignStanding
{
    /// <summary>The number is in a verified campaign.</summary>
    Registered,

    /// <summary>
    /// The campaign is verified, but the brand has not proved who it is: carriers filter its messages.
    /// </summary>
    Filtered,

    /// <summary>The campaign, or its brand, is suspended.</summary>
    Suspended,

    /// <summary>The campaign is not verified yet, or has failed.</summary>
    NotVerified,

    /// <summary>The brand is only for tests, so its campaigns register no number.</summary>
    Mock,

    /// <summary>The number is in no campaign.</summary>
    None,
}
