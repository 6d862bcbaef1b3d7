using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Api.V2;
using MessagingServices.Server.Api.V2010;

namespace MessagingServices.Server.Seeding;

/// <summary>What a seed makes, in this order. Every form was checked as the API checks it.</summary>
/// <param name="Name">How messages call the seed: its file, or that it is the built-in one.</param>
/// <param name="PhoneNumbers">The phone numbers.</param>
/// <param name="ShortCodes">The short codes.</param>
/// <param name="ChannelSenders">The WhatsApp and RCS senders.</param>
/// <param name="MessagingServices">The Messaging Services.</param>
internal sealed record SeedContent(
    string Name,
    IReadOnlyList<Seeded<CreatePhoneNumberForm>> PhoneNumbers,
    IReadOnlyList<Seeded<CreateShortCodeForm>> ShortCodes,
    IReadOnlyList<Seeded<CreateChannelSenderForm>> ChannelSenders,
    IReadOnlyList<SeededService> MessagingServices)
{
    /// <summary>What is wrong at a place of the seed.</summary>
    public StartupException Wrong(string place, string reason) => Wrong(Name, place, reason);

    /// <summary>What is wrong at a place of a seed.</summary>
    public static StartupException Wrong(string name, string place, string reason) =>
        new($"Seed:File {name}: {place}: {reason.TrimEnd('.')}. Correct the file, or set Seed:File to none to start empty.");
}

/// <summary>One thing that a seed makes.</summary>
/// <param name="Place">Where it stands in the seed, for example <c>phone_numbers[0]</c>.</param>
/// <param name="Form">Its create parameters.</param>
internal sealed record Seeded<TForm>(string Place, TForm Form);

/// <summary>A Messaging Service that a seed makes.</summary>
/// <param name="Service">The Messaging Service itself.</param>
/// <param name="Senders">The addresses of its pool, as they are written.</param>
internal sealed record SeededService(Seeded<CreateServiceForm> Service, IReadOnlyList<string> Senders);
