using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Api.V2;
using MessagingServices.Server.Api.V2010;

namespace MessagingServices.Server.Seeding;

/// <summary>
/// The resources of a seed. The server creates them in the order of the parameters. Every form has passed the API's
/// validation.
/// </summary>
/// <param name="Name">The name of the seed in error messages: the path of its file, or <c>(built-in)</c>.</param>
/// <param name="PhoneNumbers">Phone numbers.</param>
/// <param name="ShortCodes">Short codes.</param>
/// <param name="ChannelSenders">WhatsApp and RCS senders.</param>
/// <param name="MessagingServices">Messaging Services with their sender pools.</param>
internal sealed record SeedContent(
    string Name,
    IReadOnlyList<Seeded<CreatePhoneNumberForm>> PhoneNumbers,
    IReadOnlyList<Seeded<CreateShortCodeForm>> ShortCodes,
    IReadOnlyList<Seeded<CreateChannelSenderForm>> ChannelSenders,
    IReadOnlyList<SeededService> MessagingServices);

/// <summary>A resource of a seed.</summary>
/// <param name="Place">The place in the seed, for example <c>phone_numbers[0]</c>.</param>
/// <param name="Form">The create parameters of the resource.</param>
internal sealed record Seeded<TForm>(string Place, TForm Form);

/// <summary>A Messaging Service of a seed.</summary>
/// <param name="Service">The Messaging Service without its pool.</param>
/// <param name="Senders">The addresses of the sender pool, in their notation in the seed.</param>
internal sealed record SeededService(Seeded<CreateServiceForm> Service, IReadOnlyList<string> Senders);
