using MessagingServices.Domain;
using MessagingServices.Domain.Conversations;
using MessagingServices.Domain.Inbound;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.OptOuts;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Services;
using MessagingServices.Domain.Webhooks;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Persistence;

/// <summary>How types are stored, whatever property they stand in.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder configuration)
    {
        // Byte order is all that SIDs need, and the "C" collation compares several times faster than a language's.
        configuration.Properties<Sid>().HaveConversion<SidConverter>().HaveMaxLength(Sid.Length).UseCollation("C");
        Enum<MessageStatus>();
        Enum<MessageDirection>();
        Enum<ScanMessageContent>();
        Enum<Usecase>();
        Enum<WebhookKind>();
        Enum<WebhookOutcome>();
        Enum<MessageStage>();
        Enum<SenderType>();
        Enum<Channel>();
        Enum<CarrierOutcome>();
        Enum<FeedbackOutcome>();
        Enum<ConversationState>();
        Enum<AddressType>();
        Enum<AutoCreationType>();
        Json<IReadOnlyList<StatusChange>>();
        Json<IReadOnlyList<SelectionStep>>();
        Json<IReadOnlyList<WebhookAttempt>>();
        Json<IReadOnlyList<KeyValuePair<string, string>>>();
        Json<KeywordSet>();
        Json<IReadOnlyList<KeywordOverride>>();
        Json<InboundDelivery>();
        Json<IReadOnlyList<SessionCookie>>();

        void Enum<T>() where T : struct, Enum => configuration.Properties<T>().HaveConversion<EnumConverter<T>>().HaveMaxLength(32);

        // As text: written whole, read whole and never looked into, it need not be parsed by PostgreSQL each time.
        void Json<T>() where T : class => configuration.Properties<T>().HaveConversion<JsonConverter<T>, JsonComparer<T>>().HaveColumnType("text");
    }
}
