using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Which tables have rows of an account. They are found in the model, so that no new table is forgotten. A table whose
/// rows go with a row of another such table is left out.
/// </summary>
internal sealed class AccountTables
{
    private const string AccountSid = nameof(Message.AccountSid);

    /// <summary>Rows that a reset of everything keeps.</summary>
    private static readonly Type[] Kept =
        [typeof(ApiKey), typeof(ConsoleSession), typeof(AccountTask), typeof(ClockState)];

    /// <summary>Rows that belong to messages: they go with theirs.</summary>
    private static readonly Type[] OfMessages =
    [
        typeof(Message), typeof(Webhook), typeof(HeldWebhook), typeof(StoredMedia), typeof(MediaContent),
        typeof(MessageFeedback), typeof(SenderSelection), typeof(QueuedMessage), typeof(QueuedMedia),
        typeof(QueuedWebhook), typeof(MessageOwnership), typeof(CarrierDelivery),
    ];

    /// <summary>What messages leave behind: a reset of messages removes it.</summary>
    private static readonly Type[] LeftByMessages =
    [
        typeof(Conversation), typeof(CarrierRule), typeof(WebhookRule), typeof(RequestRule), typeof(OptOut),
        typeof(WhatsAppWindow), typeof(SessionCookies), typeof(SenderBacklog), typeof(RemovedUsage),
    ];

    public AccountTables(IModel model)
    {
        // In the order in which transactions lock them.
        ByMessage = [.. new[]
        {
            typeof(QueuedMessage), typeof(MessageOwnership), typeof(QueuedMedia), typeof(CarrierDelivery),
            typeof(QueuedWebhook), typeof(HeldWebhook), typeof(Webhook), typeof(StoredMedia), typeof(MessageFeedback),
        }.Select(type => NameOf(model.FindEntityType(type)!))];
        Left = [.. LeftByMessages.Select(type => NameOf(model.FindEntityType(type)!))];
        var all = model.GetEntityTypes()
            .Where(type => type.FindProperty(AccountSid) is not null && !GoesWithAnother(type)).ToList();
        Everything = [.. all.ExceptBy(Kept.Concat(OfMessages), type => type.ClrType).Select(NameOf).Distinct()];
        Account = [.. all.ExceptBy([typeof(AccountTask)], type => type.ClrType).Select(NameOf).Distinct()];
    }

    /// <summary>The tables with a <c>message_sid</c> whose rows go with their message.</summary>
    public IReadOnlyList<string> ByMessage { get; }

    /// <summary>The tables with an account of what a reset of messages removes besides messages.</summary>
    public IReadOnlyList<string> Left { get; }

    /// <summary>The tables with an account of what a reset of everything removes besides messages.</summary>
    public IReadOnlyList<string> Everything { get; }

    /// <summary>All tables with an account.</summary>
    public IReadOnlyList<string> Account { get; }

    private static string NameOf(IReadOnlyEntityType type) => type.GetTableName()!;

    private static bool GoesWithAnother(IReadOnlyEntityType type) => type.GetForeignKeys().Any(key =>
        key.IsRequired && key.DeleteBehavior == DeleteBehavior.Cascade
        && key.PrincipalEntityType.FindProperty(AccountSid) is not null
        && key.PrincipalEntityType.GetTableName() != type.GetTableName());
}
