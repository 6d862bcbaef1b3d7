using System.Diagnostics.CodeAnalysis;

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

    [Setting("`true`: with the built-in seed, the placeholder of Twilio's samples, `MG` and 32 times `X`, names its "
        + "Messaging Service, so that the samples run as they are.")]
    public bool Placeholders { get; init; } = true;

    /// <summary>Whether it is the built-in one.</summary>
    [MemberNotNullWhen(false, nameof(File))]
    internal bool IsBuiltIn() => string.IsNullOrWhiteSpace(File);

    /// <summary>Whether an empty database stays empty.</summary>
    internal bool IsNone() => None.Equals(File, StringComparison.OrdinalIgnoreCase);

    /// <summary>The seed; null to start empty.</summary>
    /// <exception cref="StartupException">The file is missing, malformed or invalid.</exception>
    internal SeedContent? Read()
    {
        if (IsBuiltIn()) return Read("(built-in)", BuiltIn());
        if (IsNone()) return null;
        try
        {
            return Read(File, System.IO.File.ReadAllText(File));
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException(
                $"Seed:File is '{File}', which cannot be read ({failure.Message.TrimEnd('.')}): correct the "
                + "path, or set Seed:File to none to start empty.", failure);
        }
    }

    /// <summary>The error for a wrong seed, for the operator who has configured it.</summary>
    /// <param name="name">The path of its file, or <c>(built-in)</c>.</param>
    /// <param name="wrong">What is wrong.</param>
    internal static StartupException Wrong(string name, WrongSeedException wrong) => new(
        $"Seed:File {name}: {wrong.Message}. Correct the file, or set Seed:File to none to start empty.", wrong);

    private static SeedContent Read(string name, string json)
    {
        try
        {
            return SeedFile.Read(name, json);
        }
        catch (WrongSeedException wrong)
        {
            throw Wrong(name, wrong);
        }
    }

    private static string BuiltIn()
    {
        using var stream = typeof(SeedOptions).Assembly.GetManifestResourceStream(typeof(SeedOptions), "Seed.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
