using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Api.V2;

namespace MessagingServices.Server.Seeding;

/// <summary>Reads the WhatsApp and RCS senders of a seed. They have the same JSON members as in the API.</summary>
internal static class SeededChannelSenders
{
    private static readonly JsonSerializerOptions Options =
        new(JsonBody.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads and validates a sender.</summary>
    /// <exception cref="WrongSeedException">
    /// The API would reject the sender, or a member is unknown. The message contains the place.
    /// </exception>
    public static Seeded<CreateChannelSenderForm> Read(string place, JsonObject members)
    {
        try
        {
            var form = members.Deserialize<CreateChannelSenderForm>(Options)!;
            return new CreateChannelSenderRules().Validate(form).Errors is [{ CustomState: ApiError error }, ..]
                ? throw new WrongSeedException(place, error.Message)
                : new(place, form);
        }
        catch (JsonException malformed)
        {
            throw new WrongSeedException(place + malformed.Path?.TrimStart('$'),
                "not a create parameter of this resource, or not of its type");
        }
    }
}
