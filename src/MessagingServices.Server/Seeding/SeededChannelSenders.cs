using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Api.V2;

namespace MessagingServices.Server.Seeding;

/// <summary>The WhatsApp and RCS senders of a seed, whose members are those of the API's JSON.</summary>
internal static class SeededChannelSenders
{
    private static readonly JsonSerializerOptions Options =
        new(JsonBody.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads and checks one.</summary>
    /// <exception cref="StartupException">The API would refuse it, or a member is not known; the message says where.</exception>
    public static Seeded<CreateChannelSenderForm> Read(string name, string place, JsonObject members)
    {
        try
        {
            var form = members.Deserialize<CreateChannelSenderForm>(Options)!;
            return new CreateChannelSenderRules().Validate(form).Errors is [{ CustomState: ApiError refusal }, ..]
                ? throw SeedContent.Wrong(name, place, refusal.Message)
                : new(place, form);
        }
        catch (JsonException malformed)
        {
            throw SeedContent.Wrong(name, place + malformed.Path?.TrimStart('$'), "not a create parameter of this resource, or not of its type");
        }
    }

    /// <summary>The sender that an address means; null when it is none of the seed's.</summary>
    public static ChannelSender? Find(IEnumerable<ChannelSender> senders, string text) =>
        ChannelAddress.TryParse(text, out var address) ? senders.FirstOrDefault(sender => sender.SenderId == address.Value) : null;
}
