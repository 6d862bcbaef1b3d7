namespace MessagingServices.Server.Data;

/// <summary>The version of the database's schema in this program.</summary>
internal static class SchemaVersion
{
    /// <summary>
    /// The IDs of all migrations, in the order in which they are applied. Each start compares them with those of the
    /// database. EF Core would look for them in all classes of the program.
    /// </summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        "20261123135652_Initial",
        "20261123150510_SenderSelection",
        "20261123152552_CarrierRules",
        "20261123180541_WebhookQueueTime",
        "20261123182848_MessageRetention",
        "20261123190652_FasterQueues",
        "20261125212632_ContentMediaAndThroughput",
        "20261125235421_InboundMessages",
        "20261129103230_OwnedMessages",
        "20261129110133_SharedSelections",
        "20261129115130_RequestsAndWindows",
        "20261129140457_BrandsAndVerifications",
        "20261129153054_SmallSurfaces",
        "20261129155316_Accounts",
        "20261129173522_RemovedUsage",
        "20261129175000_OwnersCarrierPlan",
        "20261129183215_MessageSearch",
        "20261129183229_AccountTasks",
        "20261129184656_AccountClocks",
        "20261129205911_AddConsoleSessions",
        "20261129210404_DevelopmentAuthority",
        "20261129210421_Events",
        "20261130012017_FaultRules",
    ];
}
