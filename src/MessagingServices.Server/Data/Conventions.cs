using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>Maps property types to column types, for all entities.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder configuration)
    {
        // SIDs need only byte order, and the "C" collation compares several times faster than the collation of a
        // language.
        configuration.Properties<Sid>().HaveConversion<SidConverter>().HaveMaxLength(Sid.Length).UseCollation("C");
        Enum<AccountStatus>();
        Enum<AccountTaskKind>();
        Enum<MessageStatus>();
        Enum<MessageDirection>();
        Enum<ScanMessageContent>();
        Enum<Usecase>();
        Enum<WebhookKind>();
        Enum<WebhookOutcome>();
        Enum<WebhookStep>();
        Enum<MessageStage>();
        Enum<SenderType>();
        Enum<Channel>();
        Enum<CarrierOutcome>();
        Enum<Disconnect>();
        Enum<FeedbackOutcome>();
        Enum<ConversationState>();
        Enum<AddressType>();
        Enum<AutoCreationType>();
        Enum<ApprovalStatus>();
        Enum<ConversationWebhookTarget>();
        Json<KeyPolicy>();
        Enum<BrandType>();
        Enum<BrandStatus>();
        Enum<BrandIdentityStatus>();
        Enum<VettingStatus>();
        Enum<CampaignStatus>();
        Enum<TollfreeStatus>();
        Json<IReadOnlyList<StatusChange>>();
        Json<IReadOnlyList<SelectionStep>>();
        Json<IReadOnlyList<WebhookAttempt>>();
        Json<WebhookFault>();
        Json<IReadOnlyList<KeyValuePair<string, string>>>();
        Json<KeywordSet>();
        Json<IReadOnlyList<KeywordOverride>>();
        Json<CarrierPlan>();
        Json<InboundRoute>();
        Json<IReadOnlyList<SessionCookie>>();

        void Enum<T>() where T : struct, Enum =>
            configuration.Properties<T>().HaveConversion<EnumConverter<T>>().HaveMaxLength(32);

        // The server writes and reads these values only as a whole. As text, PostgreSQL does not parse them each time.
        void Json<T>() where T : class =>
            configuration.Properties<T>()
                .HaveConversion<StoredJsonConverter<T>, StoredJsonComparer<T>>().HaveColumnType("text");
    }
}
