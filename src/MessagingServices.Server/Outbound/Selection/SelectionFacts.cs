namespace MessagingServices.Server.Outbound.Selection;

/// <summary>What there is to read for the selection of some messages.</summary>
[Flags]
internal enum SelectionFacts
{
    None = 0,

    /// <summary>The accounts have carrier rules.</summary>
    CarrierRules = 1,

    /// <summary>A recipient has opted out of something.</summary>
    OptOuts = 2,

    /// <summary>A recipient has a sticky sender of one of the Messaging Services.</summary>
    StickySenders = 4,

    All = CarrierRules | OptOuts | StickySenders,
}
