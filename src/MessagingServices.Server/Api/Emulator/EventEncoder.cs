using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Writes the data of events with the names and formats that lists have.</summary>
internal sealed class EventEncoder : IEventEncoder
{
    private static readonly JsonSerializerOptions Options = ApiJson.Configure(
        new(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(EventJsonTypes.Default, new DefaultJsonTypeInfoResolver()),
        });

    /// <inheritdoc/>
    public byte[] Encode(object subject) => subject switch
    {
        Message message => Write(MessageEventData.Of(message)),
        DeletedMessage deleted => Write(new DeletedEventData(deleted.Sid, deleted.AccountSid)
        {
            MessagingServiceSid = deleted.MessagingServiceSid,
        }),
        DeletedThing deleted => Write(new DeletedEventData(deleted.Sid, deleted.AccountSid)),
        WebhookResult result => Write(WebhookEventData.Of(result)),
        Conversation conversation => Write(ConversationEventData.Of(conversation)),
        OptOutState state => Write(OptOutEventData.Of(state)),
        ClockReading reading => Write(new ClockEventData(reading.AccountSid, new(reading.Now), reading.IsFrozen)),
        CarrierRule rule => Write(RuleEventData.Of(rule)),
        WebhookRule rule => Write(WebhookRuleEventData.Of(rule)),
        RequestRule rule => Write(RequestRuleEventData.Of(rule)),
        Account account => Write(AccountEventData.Of(account)),
        AccountReset reset => Write(new ResetEventData(reset.AccountSid, reset.IsOfAll ? "all" : "messages")),
        _ => throw new ArgumentException($"No event is about a {subject.GetType().Name}", nameof(subject)),
    };

    private static byte[] Write<T>(T data) => JsonSerializer.SerializeToUtf8Bytes(data, Options);
}

/// <summary>Generated code writes the data of events under load.</summary>
[JsonSerializable(typeof(MessageEventData))]
[JsonSerializable(typeof(WebhookEventData))]
internal sealed partial class EventJsonTypes : JsonSerializerContext;
