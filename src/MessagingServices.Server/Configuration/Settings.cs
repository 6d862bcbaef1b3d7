using System.Globalization;

namespace MessagingServices.Server.Configuration;

/// <summary>Reads settings one by one, so that a mistake is told by its key, its value and what is allowed instead.</summary>
internal static class Settings
{
    /// <summary>The longest delay that may be set, in milliseconds: a day.</summary>
    public const int LongestDelayMs = 24 * 60 * 60 * 1000;

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="StartupException">It is none.</exception>
    public static int Number(IConfigurationSection section, string name, int unset, int least, int most)
    {
        if (section[name] is not { } text) return unset;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(section, name, text, $"set it to a number from {least} to {most}");
    }

    /// <summary>A delay in milliseconds, at most a day.</summary>
    /// <exception cref="StartupException">It is none.</exception>
    public static int DelayMs(IConfigurationSection section, string name, int unset) => Number(section, name, unset, 0, LongestDelayMs);

    /// <summary>True or false; false when unset.</summary>
    /// <exception cref="StartupException">It is neither.</exception>
    public static bool Switch(IConfigurationSection section, string name)
    {
        if (section[name] is not { } text) return false;
        return bool.TryParse(text, out var on) ? on : throw Wrong(section, name, text, "set it to true or false");
    }

    private static StartupException Wrong(IConfigurationSection section, string name, string text, string remedy) =>
        new($"{section.Path}:{name} is '{text}': {remedy}.");
}
