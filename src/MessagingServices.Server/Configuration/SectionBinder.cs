namespace MessagingServices.Server.Configuration;

/// <summary>Binds options objects to their sections, so that no mistake passes silently.</summary>
internal static class SectionBinder
{
    /// <summary>
    /// Reads an options class from its section. The defaults of a section without any value are valid, and need neither
    /// the binder nor the validator, whose reflection takes 4 % of the time until the server is ready.
    /// </summary>
    /// <exception cref="StartupException">A value is wrong, or the section has a key that is no setting.</exception>
    public static TOptions Read<TOptions>(IConfiguration configuration) where TOptions : class, new()
    {
        var options = new TOptions();
        if (!IsSet(configuration, typeof(TOptions))) return options;
        Bind(configuration, options);
        SectionValidator.Validate(configuration, options);
        return options;
    }

    // By the framework's binder, after a check that it can read every value.
    private static void Bind(IConfiguration configuration, object options)
    {
        var type = options.GetType();
        var attribute = Setting.SectionOf(type);
        var section = attribute.Key.Length == 0 ? configuration : configuration.GetSection(attribute.Key);
        var settings = Setting.Of(type);
        if (attribute is { Key.Length: > 0, AllowsOtherKeys: false }) RefuseUnknownKeys(section, settings);
        foreach (var setting in settings)
        {
            if (section[setting.Name] is { } text && !setting.CanRead(text))
                throw new StartupException(setting.Wrong(text, setting.Remedy!));
        }

        // The framework turns null in appsettings.json into 0 and false; here a setting without a value keeps its
        // default.
        var unset = settings.Where(setting => section[setting.Name] is null)
            .Select(setting => (Setting: setting, Default: setting.Get(options))).ToList();
        section.Bind(options);
        foreach (var (setting, value) in unset) setting.Set(options, value);
        foreach (var setting in settings.Where(setting => setting.IsList))
            if (section.GetSection(setting.Name) is var list && list.Exists()) setting.Set(options, Entries(list));
    }

    private static bool IsSet(IConfiguration configuration, Type options) =>
        Setting.SectionOf(options).Key is var key && (key.Length == 0 || configuration.GetSection(key).Exists());

    private static void RefuseUnknownKeys(IConfiguration section, IReadOnlyList<Setting> settings)
    {
        var names = settings.Select(setting => setting.Name).ToList();
        var unknown = section.GetChildren()
            .FirstOrDefault(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
            throw new StartupException($"{unknown.Path} is no setting: there are {string.Join(", ", names)}.");
    }

    /// <summary>
    /// The framework binds lists only from keys with numbers; environment and command line give one text.
    /// </summary>
    private static List<string> Entries(IConfigurationSection list) =>
    [
        .. list.GetChildren().Select(entry => entry.Value).Append(list.Value).OfType<string>()
            .SelectMany(text =>
                text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];
}
