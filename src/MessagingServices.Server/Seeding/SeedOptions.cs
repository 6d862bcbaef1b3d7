namespace MessagingServices.Server.Seeding;

/// <summary>The content that fills an empty database.</summary>
[Section("Seed", "What an empty database is filled with.")]
internal sealed class SeedOptions
{
    private const string None = "none";

    [Setting("What an empty database is filled with, once: a JSON file. The members of its lists `phone_numbers`, "
        + "`short_codes`, `channel_senders` and `messaging_services` are the parameters of the create calls. The "
        + "`senders` of a Messaging Service are addresses of the seed or alphanumeric names.",
        Default = "the built-in seed, [Seed.json](../src/MessagingServices.Server/Seeding/Seed.json)",
        Values = "the path of a file, or `none` to start empty")]
    public string? File { get; init; }

    /// <summary>The seed; null to start empty.</summary>
    /// <exception cref="StartupException">The file is missing, malformed or invalid.</exception>
    internal SeedContent? Read()
    {
        if (string.IsNullOrWhiteSpace(File)) return SeedFile.Read("(built-in)", BuiltIn());
        if (None.Equals(File, StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return SeedFile.Read(File, System.IO.File.ReadAllText(File));
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException(
                $"Seed:File is '{File}', which cannot be read ({failure.Message.TrimEnd('.')}): correct the "
                + "path, or set Seed:File to none to start empty.", failure);
        }
    }

    private static string BuiltIn()
    {
        using var stream = typeof(SeedOptions).Assembly.GetManifestResourceStream(typeof(SeedOptions), "Seed.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
