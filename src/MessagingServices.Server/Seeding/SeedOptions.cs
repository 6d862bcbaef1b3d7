namespace MessagingServices.Server.Seeding;

/// <summary>The section <c>Seed</c>.</summary>
internal sealed class SeedOptions
{
    private const string None = "none";

    /// <summary>The path of a seed; unset for the built-in one, <c>none</c> to start empty.</summary>
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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"Seed:File is '{File}', which cannot be read ({failure.Message.TrimEnd('.')}): correct the path, or set Seed:File to "
                + "none to start empty.", failure);
        }
    }

    private static string BuiltIn()
    {
        using var stream = typeof(SeedOptions).Assembly.GetManifestResourceStream(typeof(SeedOptions), "Seed.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
