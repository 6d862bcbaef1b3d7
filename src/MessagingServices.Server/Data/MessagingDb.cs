using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>The database: the domain's classes, and narrow queue tables beside them.</summary>
/// <remarks>
/// To add a migration, run <c>dotnet tool restore</c>, then
/// <c>dotnet ef migrations add Name --project src/MessagingServices.Server --output-dir Data/Migrations</c>. Then
/// generate the compiled model; see CONTRIBUTING.
/// </remarks>
internal sealed class MessagingDb(DbContextOptions<MessagingDb> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>The browsers that are signed in to the console.</summary>
    public DbSet<ConsoleSession> ConsoleSessions => Set<ConsoleSession>();

    public DbSet<MessagingService> MessagingServices => Set<MessagingService>();

    public DbSet<PhoneNumber> PhoneNumbers => Set<PhoneNumber>();

    public DbSet<ShortCode> ShortCodes => Set<ShortCode>();

    /// <summary>The accounts' senders on WhatsApp and RCS.</summary>
    public DbSet<ChannelSender> ChannelSenders => Set<ChannelSender>();

    /// <summary>The remembered sender of each recipient, for each Messaging Service and channel.</summary>
    public DbSet<StickySender> StickySenders => Set<StickySender>();

    /// <summary>The registrations for application-to-person messages in the US.</summary>
    public DbSet<A2pCampaign> A2pCampaigns => Set<A2pCampaign>();

    /// <summary>The businesses that campaigns belong to.</summary>
    public DbSet<Brand> Brands => Set<Brand>();

    public DbSet<BrandVetting> BrandVettings => Set<BrandVetting>();

    public DbSet<TollfreeVerification> TollfreeVerifications => Set<TollfreeVerification>();

    /// <summary>The keywords and replies of Messaging Services with Advanced Opt-Out.</summary>
    public DbSet<AdvancedOptOut> AdvancedOptOuts => Set<AdvancedOptOut>();

    /// <summary>The recipients that have opted out, with the sender or Messaging Service.</summary>
    public DbSet<OptOut> OptOuts => Set<OptOut>();

    /// <summary>The members of the Messaging Services' sender pools.</summary>
    public DbSet<PoolSender> PoolSenders => Set<PoolSender>();

    public DbSet<Message> Messages => Set<Message>();

    /// <summary>What deleted messages have cost.</summary>
    public DbSet<RemovedUsage> RemovedUsage => Set<RemovedUsage>();

    /// <summary>The feedback that applications have sent about their messages.</summary>
    public DbSet<MessageFeedback> MessageFeedback => Set<MessageFeedback>();

    /// <summary>The applications that phone numbers and messages refer to.</summary>
    public DbSet<Application> Applications => Set<Application>();

    public DbSet<ContentTemplate> ContentTemplates => Set<ContentTemplate>();

    /// <summary>The media of messages, without their bytes.</summary>
    public DbSet<StoredMedia> Media => Set<StoredMedia>();

    /// <summary>The messages whose media the server must fetch.</summary>
    public DbSet<QueuedMedia> MediaQueue => Set<QueuedMedia>();

    /// <summary>The send schedules of senders, used when throughput is simulated.</summary>
    public DbSet<SenderBacklog> SenderBacklogs => Set<SenderBacklog>();

    /// <summary>How the server selected the senders of messages. Messages share records.</summary>
    public DbSet<SenderSelection> SenderSelections => Set<SenderSelection>();

    /// <summary>All webhooks, pending and attempted.</summary>
    public DbSet<Webhook> Webhooks => Set<Webhook>();

    /// <summary>The cookies that applications set in their responses to inbound messages.</summary>
    public DbSet<SessionCookies> SessionCookies => Set<SessionCookies>();

    /// <summary>The windows in which WhatsApp delivers messages without a template.</summary>
    public DbSet<WhatsAppWindow> WhatsAppWindows => Set<WhatsAppWindow>();

    /// <summary>The messages that wait for a stage.</summary>
    public DbSet<QueuedMessage> MessageQueue => Set<QueuedMessage>();

    /// <summary>The messages that servers move from their memory.</summary>
    public DbSet<MessageOwnership> OwnedMessages => Set<MessageOwnership>();

    /// <summary>The pending webhooks of suspended accounts.</summary>
    public DbSet<HeldWebhook> HeldWebhooks => Set<HeldWebhook>();

    /// <summary>Resets, deletions and suspensions of accounts that have not ended everywhere.</summary>
    public DbSet<AccountTask> AccountTasks => Set<AccountTask>();

    /// <summary>The pending webhooks.</summary>
    public DbSet<QueuedWebhook> WebhookQueue => Set<QueuedWebhook>();

    /// <summary>The rules of the simulated carrier.</summary>
    public DbSet<CarrierRule> CarrierRules => Set<CarrierRule>();

    /// <summary>The positions of messages in the samples of carrier rules.</summary>
    public DbSet<CarrierRuleSample> CarrierRuleSamples => Set<CarrierRuleSample>();

    /// <summary>The rules for webhooks.</summary>
    public DbSet<WebhookRule> WebhookRules => Set<WebhookRule>();

    /// <summary>How often webhook rules with a percentage have matched, by handset.</summary>
    public DbSet<WebhookRuleMatches> WebhookRuleMatches => Set<WebhookRuleMatches>();

    /// <summary>The rules of requests.</summary>
    public DbSet<RequestRule> RequestRules => Set<RequestRule>();

    /// <summary>The messages that the simulated carrier is delivering.</summary>
    public DbSet<CarrierDelivery> CarrierDeliveries => Set<CarrierDelivery>();

    /// <summary>The running servers.</summary>
    public DbSet<ServerNode> ServerNodes => Set<ServerNode>();

    /// <summary>The clocks of accounts; those without a row here have the real one.</summary>
    public DbSet<ClockState> Clocks => Set<ClockState>();

    /// <summary>A single row, which exists once servers have tried to apply the seed.</summary>
    public DbSet<SeedApplication> SeedApplications => Set<SeedApplication>();

    /// <summary>A single row, which exists once the first certificate was needed.</summary>
    public DbSet<StoredAuthority> StoredAuthorities => Set<StoredAuthority>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationParticipant> ConversationParticipants => Set<ConversationParticipant>();

    public DbSet<ConversationMessage> ConversationMessages => Set<ConversationMessage>();

    /// <summary>
    /// The deliveries of conversation messages to participants, with the SMS or channel message of each.
    /// </summary>
    public DbSet<ConversationDelivery> ConversationDeliveries => Set<ConversationDelivery>();

    /// <summary>The webhooks that applications have configured for conversations.</summary>
    public DbSet<ConversationWebhook> ConversationWebhooks => Set<ConversationWebhook>();

    /// <summary>The settings for messages to a sender that belong to no conversation.</summary>
    public DbSet<AddressConfiguration> AddressConfigurations => Set<AddressConfiguration>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => Mapping.Apply(modelBuilder);
}
