using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>Everything that is stored: the domain's own classes and the narrow queues beside them.</summary>
/// <remarks>
/// A new migration: <c>dotnet tool restore</c>, then
/// <c>dotnet ef migrations add Name --project src/MessagingServices.Server --output-dir Data/Migrations</c>.
/// </remarks>
internal sealed class MessagingDb(DbContextOptions<MessagingDb> options) : DbContext(options)
{
    /// <summary>The accounts.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>The Messaging Services.</summary>
    public DbSet<MessagingService> MessagingServices => Set<MessagingService>();

    /// <summary>The accounts' phone numbers.</summary>
    public DbSet<PhoneNumber> PhoneNumbers => Set<PhoneNumber>();

    /// <summary>The accounts' short codes.</summary>
    public DbSet<ShortCode> ShortCodes => Set<ShortCode>();

    /// <summary>The accounts' senders on WhatsApp and RCS.</summary>
    public DbSet<ChannelSender> ChannelSenders => Set<ChannelSender>();

    /// <summary>The senders that recipients are remembered to have got.</summary>
    public DbSet<StickySender> StickySenders => Set<StickySender>();

    /// <summary>The registrations for application-to-person messages in the US.</summary>
    public DbSet<A2pCampaign> A2pCampaigns => Set<A2pCampaign>();

    /// <summary>The Messaging Services' own keywords and replies.</summary>
    public DbSet<AdvancedOptOut> AdvancedOptOuts => Set<AdvancedOptOut>();

    /// <summary>Who wants no messages of whom.</summary>
    public DbSet<OptOut> OptOuts => Set<OptOut>();

    /// <summary>Which sender is in which pool.</summary>
    public DbSet<PoolSender> PoolSenders => Set<PoolSender>();

    /// <summary>The messages.</summary>
    public DbSet<Message> Messages => Set<Message>();

    /// <summary>What applications said of their messages.</summary>
    public DbSet<MessageFeedback> MessageFeedback => Set<MessageFeedback>();

    /// <summary>The accounts' content templates.</summary>
    public DbSet<ContentTemplate> ContentTemplates => Set<ContentTemplate>();

    /// <summary>The media of messages, without their bytes.</summary>
    public DbSet<StoredMedia> Media => Set<StoredMedia>();

    /// <summary>The messages whose media must be fetched.</summary>
    public DbSet<QueuedMedia> MediaQueue => Set<QueuedMedia>();

    /// <summary>The queues of senders, where throughput is simulated.</summary>
    public DbSet<SenderBacklog> SenderBacklogs => Set<SenderBacklog>();

    /// <summary>How the senders of messages were selected.</summary>
    public DbSet<SenderSelection> SenderSelections => Set<SenderSelection>();

    /// <summary>The requests owed to applications, and those made.</summary>
    public DbSet<Webhook> Webhooks => Set<Webhook>();

    /// <summary>The cookies that applications have set in their answers to inbound messages.</summary>
    public DbSet<SessionCookies> SessionCookies => Set<SessionCookies>();

    /// <summary>The messages that a stage must work on.</summary>
    public DbSet<QueuedMessage> MessageQueue => Set<QueuedMessage>();

    /// <summary>The webhooks still to be made.</summary>
    public DbSet<QueuedWebhook> WebhookQueue => Set<QueuedWebhook>();

    /// <summary>How the simulated carrier treats messages.</summary>
    public DbSet<CarrierRule> CarrierRules => Set<CarrierRule>();

    /// <summary>The places of messages in the draws of carrier rules.</summary>
    public DbSet<CarrierRuleSample> CarrierRuleDraws => Set<CarrierRuleSample>();

    /// <summary>The messages that the simulated carrier has on their way.</summary>
    public DbSet<CarrierDelivery> CarrierDeliveries => Set<CarrierDelivery>();

    /// <summary>The running servers.</summary>
    public DbSet<ServerNode> ServerNodes => Set<ServerNode>();

    /// <summary>The emulator's clock; one row.</summary>
    public DbSet<ClockState> Clock => Set<ClockState>();

    /// <summary>That the seed was applied; one row once it was.</summary>
    public DbSet<SeedApplication> SeedApplications => Set<SeedApplication>();

    /// <summary>The accounts' conversations.</summary>
    public DbSet<Conversation> Conversations => Set<Conversation>();

    /// <summary>Who is in which conversation.</summary>
    public DbSet<ConversationParticipant> ConversationParticipants => Set<ConversationParticipant>();

    /// <summary>What was said in conversations.</summary>
    public DbSet<ConversationMessage> ConversationMessages => Set<ConversationMessage>();

    /// <summary>To whom that went, and as which messages.</summary>
    public DbSet<ConversationDelivery> ConversationDeliveries => Set<ConversationDelivery>();

    /// <summary>Whom conversations tell of what happens in them.</summary>
    public DbSet<ConversationWebhook> ConversationWebhooks => Set<ConversationWebhook>();

    /// <summary>What becomes of messages to senders that belong to no conversation.</summary>
    public DbSet<AddressConfiguration> AddressConfigurations => Set<AddressConfiguration>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => Mapping.Apply(modelBuilder);
}
