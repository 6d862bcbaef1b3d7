using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Seeding;

/// <summary>Registers the seed, which fills an empty database.</summary>
internal static class SeedingRegistration
{
    public static void AddSeeding(this WebApplicationBuilder builder)
    {
        builder.Services.AddSection<SeedOptions>();
        builder.Services.AddSingleton<Seed>();
        builder.Services.AddSingleton(provider => new SeedAgain(
            (db, cancellation) => provider.GetRequiredService<Seed>().ApplyAsync(db, force: true, cancellation)));
    }
}
