namespace MessagingServices.Server.Configuration;

/// <summary>All settings, with their descriptions for users.</summary>
internal static class SettingsCatalog
{
    /// <summary>
    /// All sections: those of the options classes, found by their <see cref="SectionAttribute"/>, and those of the
    /// libraries; where to listen first, then by title.
    /// </summary>
    public static IReadOnlyList<SectionDescription> Sections { get; } =
    [
        .. typeof(SettingsCatalog).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(SectionAttribute), inherit: false))
            .Select(Describe).Concat(LibrarySettings.Sections).GroupBy(section => section.Title).Select(Merge)
            .OrderBy(section => section.Title != Setting.SectionOf(typeof(ListeningOptions)).Title)
            .ThenBy(section => section.Title, StringComparer.Ordinal),
    ];

    private static SectionDescription Describe(Type options)
    {
        var section = Setting.SectionOf(options);
        var defaults = Activator.CreateInstance(options)!;
        return new(section.Title, section.Summary, section.See,
            [.. Setting.Of(options).Select(setting => setting.Describe(defaults))]);
    }

    private static SectionDescription Merge(IEnumerable<SectionDescription> parts)
    {
        List<SectionDescription> all = [.. parts];
        return all[0] with { Settings = [.. all.SelectMany(part => part.Settings)] };
    }
}

/// <summary>A section of the configuration.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">A sentence in Markdown.</param>
/// <param name="See">A page in <c>docs/</c>, with its anchor; null if there is none.</param>
/// <param name="Settings">Its settings in their order.</param>
internal sealed record SectionDescription(
    string Title, string Summary, string? See, IReadOnlyList<SettingDescription> Settings);

/// <summary>A setting. All but the key is Markdown.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="Default">The default.</param>
/// <param name="Values">The allowed values.</param>
/// <param name="Meaning">The effect of the setting.</param>
internal sealed record SettingDescription(string Key, string Default, string Values, string Meaning);
