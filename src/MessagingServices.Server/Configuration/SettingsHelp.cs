using System.Text;

namespace MessagingServices.Server.Configuration;

/// <summary>The help on the command line.</summary>
internal static class SettingsHelp
{
    private const int Width = 100;

    private static readonly string[] Requests = ["--help", "-h", "-?"];

    /// <summary>Usage, and all settings with their defaults, values and meanings.</summary>
    public static string Text
    {
        get
        {
            var text = new StringBuilder("""
                Usage: messaging-services [--Section:Key value ...]

                Starts the server. Write "./dev run" for messaging-services in a clone of the repository, and "dnx
                MessagingServices" or "npx messaging-services" where it is not installed.

                Every setting can also be an environment variable (Section__Key=value) or be in appsettings.json.
                The command line overrides the environment, and the environment the file.

                  messaging-services --urls http://127.0.0.1:9090 --Clock:Frozen true
                  Carrier__SentDelayMs=0 messaging-services

                  --help  prints this and starts nothing


                """);
            foreach (var section in SettingsCatalog.Sections)
            {
                text.Append(section.Title).Append('\n');
                Wrap(text, "  ", Plain(section.Summary));
                if (section.See is { } page) text.Append("  See docs/").Append(page).Append(".\n");
                foreach (var setting in section.Settings) Append(text, setting);
                text.Append('\n');
            }

            return text.ToString();
        }
    }

    /// <summary>Whether the command line asks for the help.</summary>
    public static bool IsRequested(string[] args) => args.Any(Requests.Contains);

    private static void Append(StringBuilder text, SettingDescription setting)
    {
        text.Append("\n  --").Append(setting.Key).Append('\n');
        Wrap(text, "      ", Plain(setting.Meaning));
        Wrap(text, "      ", $"Values: {Plain(setting.Values)}");
        Wrap(text, "      ", $"Default: {Plain(setting.Default)}");
    }

    private static void Wrap(StringBuilder text, string indent, string words)
    {
        foreach (var line in TextLines.Wrap(words, Width - indent.Length))
            text.Append(indent).Append(line).Append('\n');
    }

    /// <summary>Markdown without backticks, and with a link's text and address.</summary>
    private static string Plain(string markdown) =>
        TextLines.LinksAsText(markdown).Replace("`", "", StringComparison.Ordinal);
}
