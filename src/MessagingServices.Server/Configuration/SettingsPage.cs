using System.Text;

namespace MessagingServices.Server.Configuration;

/// <summary>The page <c>docs/configuration.md</c>, made from the descriptions of the settings.</summary>
internal static class SettingsPage
{
    private const int Width = 120;

    public static string Text
    {
        get
        {
            var text = new StringBuilder("""
                # Configuration

                <!-- This page is generated from the options classes of the server. Change them, not this page; then run
                     UPDATE_DOCS=1 ./dev test ConfigurationPage -->

                This page lists every setting. `./dev run --help` prints the same list. So do the packages, with
                `messaging-services` in the place of `./dev run`.

                | where | how |
                |---|---|
                | on the command line | `./dev run --Carrier:SentDelayMs 0` |
                | in the environment | `Carrier__SentDelayMs=0 ./dev run` |
                | in `appsettings.json` beside the program | `{ "Carrier": { "SentDelayMs": 0 } }` |

                The command line overrides the environment, and the environment overrides the file. A list is a
                JSON array in the file, and a text with commas elsewhere.

                A malformed or contradictory setting keeps the server from starting. The server then prints one
                sentence that says what to do, and exits with code 1:

                ```text
                The server cannot start. Carrier:SentDelayMs is 'abc': set it to a number from 0 to 86400000.
                ```


                """);
            text.Append("| section | what it is about |\n|---|---|\n");
            foreach (var section in SettingsCatalog.Sections)
            {
                var anchor = section.Title.ToLowerInvariant();
                text.Append($"| [{section.Title}](#{anchor}) | {FirstSentence(section.Summary)} |\n");
            }
            foreach (var section in SettingsCatalog.Sections) Append(text, section);
            return text.ToString();
        }
    }

    private static void Append(StringBuilder text, SectionDescription section)
    {
        text.Append($"\n## {section.Title}\n\n");
        var see = section.See is { } page ? $" See [{page.Split('#')[0]}]({page})." : "";
        Wrap(text, "", section.Summary + see);
        text.Append('\n');
        foreach (var setting in section.Settings)
        {
            text.Append($"- **`{setting.Key}`**\n");
            Wrap(text, "  ", setting.Meaning);
            text.Append($"  - Values: {setting.Values}\n");
            text.Append($"  - Default: {setting.Default}\n");
        }
    }

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    private static void Wrap(StringBuilder text, string indent, string words)
    {
        foreach (var line in TextLines.Wrap(words, Width - indent.Length))
            text.Append(indent).Append(line).Append('\n');
    }
}
