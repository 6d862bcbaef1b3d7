namespace MessagingServices.Server.Configuration;

/// <summary>
/// Makes a class the options of a section of the configuration. Its properties with a <see cref="SettingAttribute"/>
/// are the settings; the class is bound to the section, checked, and described in the help and the documentation.
/// </summary>
/// <param name="key">The key of the section, such as <c>Carrier</c>; empty for settings without a section.</param>
/// <param name="summary">The subject of the section: a sentence in Markdown.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SectionAttribute(string key, string summary) : Attribute
{
    /// <summary>The key of the section; empty for settings without a section.</summary>
    public string Key => key;

    /// <summary>The subject of the section.</summary>
    public string Summary => summary;

    /// <summary>The heading in the documentation; the key if it is not given.</summary>
    public string Title { get => field ?? key; init; }

    /// <summary>The page in <c>docs/</c> that explains more, with its anchor; null if there is none.</summary>
    public string? See { get; init; }

    /// <summary>
    /// Whether the section may have keys that are no settings here. Otherwise such a key is a mistake, and keeps the
    /// server from starting.
    /// </summary>
    public bool AllowsOtherKeys { get; init; }
}
