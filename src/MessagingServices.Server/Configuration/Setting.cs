using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace MessagingServices.Server.Configuration;

/// <summary>A setting: a property of an options class and its key in the configuration.</summary>
internal sealed class Setting
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly PropertyInfo property;

    private Setting(SectionAttribute section, PropertyInfo property)
    {
        this.property = property;
        Name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
        Key = section.Key.Length == 0 ? Name : $"{section.Key}:{Name}";
    }

    /// <summary>The key within the section.</summary>
    public string Name { get; }

    /// <summary>The whole key, such as <c>Carrier:SentDelayMs</c>.</summary>
    public string Key { get; }

    /// <summary>The name of the property.</summary>
    public string Member => property.Name;

    /// <summary>Whether it is a list, written as a list or as one text with commas.</summary>
    public bool IsList => property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>The remedy for a value that cannot be read; null for a type that reads every text.</summary>
    public string? Remedy =>
        property.PropertyType == typeof(int) ? $"set it to a number from {Range.Minimum} to {Range.Maximum}"
        : property.PropertyType == typeof(bool) ? "set it to true or false"
        : null;

    private RangeAttribute Range => property.GetCustomAttribute<RangeAttribute>()
        ?? throw new InvalidOperationException($"{Key} is a number without a range.");

    /// <summary>The settings of an options class, in the order of its properties.</summary>
    public static IReadOnlyList<Setting> Of(Type options)
    {
        var section = SectionOf(options);
        return [.. options.GetProperties(All).Where(property => property.IsDefined(typeof(SettingAttribute)))
            .Select(property => new Setting(section, property))];
    }

    /// <summary>The section of an options class.</summary>
    public static SectionAttribute SectionOf(Type options) => options.GetCustomAttribute<SectionAttribute>()
        ?? throw new InvalidOperationException($"{options.Name} is no section of the configuration.");

    /// <summary>Whether the type can read a text. Stricter than the framework, which reads <c>#10</c> as 16.</summary>
    public bool CanRead(string text) => property.PropertyType == typeof(int)
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        : property.PropertyType != typeof(bool) || bool.TryParse(text, out _);

    /// <summary>The sentence for a value that is not allowed.</summary>
    public string Wrong(string? text, string remedy) => $"{Key} is '{text}': {remedy}.";

    public object? Get(object options) => property.GetValue(options);

    public void Set(object options, object? value) => property.SetValue(options, value);

    /// <summary>Describes it for people.</summary>
    /// <param name="defaults">An options object as it is without any configuration.</param>
    public SettingDescription Describe(object defaults)
    {
        var words = property.GetCustomAttribute<SettingAttribute>()!;
        var unset = words.Default ?? $"`{Text(property.GetValue(defaults))}`";
        return new(Key, unset, words.Values ?? Allowed, words.Meaning);
    }

    private string Allowed =>
        property.PropertyType == typeof(int) ? $"{Range.Minimum} to {Range.Maximum}"
        : property.PropertyType == typeof(bool) ? "`true` or `false`"
        : throw new InvalidOperationException($"{Key} does not say which values are allowed.");

    private static string Text(object? value) => value switch
    {
        true => "true",
        false => "false",
        IReadOnlyList<string> list => string.Join(',', list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
