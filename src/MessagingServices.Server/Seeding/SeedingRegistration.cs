using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Seeding;

/// <summary>Registers the seed, which fills an empty database.</summary>
internal static class SeedingRegistration
{
    public static void AddSeeding(this WebApplicationBuilder builder)
    {
        builder.AddSection<SeedOptions>();
        builder.Services.AddSingleton(provider => new SamplePlaceholders(
            provider.GetRequiredService<SeedOptions>() is { Placeholders: true } seed && seed.IsBuiltIn()));
        builder.Services.AddSingleton<SeedResources>();
        // Making it makes the rules of the requests, and most starts have nothing to seed.
        builder.Services.AddSingleton(provider => new Lazy<SeedResources>(provider.GetRequiredService<SeedResources>));
        builder.Services.AddSingleton<Seed>();
        builder.Services.AddSingleton<SeedOfRequest>();
        builder.Services.AddSingleton(provider => new SeedAgain(
            (account, cancellation) => provider.GetRequiredService<Seed>().ApplyAgainAsync(account, cancellation)));
    }
}
