namespace MessagingServices.Server.Configuration;

/// <summary>
/// Describes a setting, once for the help and the documentation. Its key is the name of the property, or the name in
/// <see cref="ConfigurationKeyNameAttribute"/>.
/// </summary>
/// <param name="meaning">The effect of the setting: sentences in Markdown.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>The effect of the setting.</summary>
    public string Meaning => meaning;

    /// <summary>The default in words; the value of the property in a new object if it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>The allowed values in words; made from the property's type and range if it is not given.</summary>
    public string? Values { get; init; }
}
