namespace MessagingServices.Server.Configuration;

/// <summary>
/// Describes a setting, once for the help and the documentation. Its key is the name of the property, or what
/// <see cref="ConfigurationKeyNameAttribute"/> says.
/// </summary>
/// <param name="meaning">What it does: sentences in Markdown.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>What the setting does.</summary>
    public string Meaning => meaning;

    /// <summary>The default in words; the value of the property in a new object if it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>The allowed values in words; made from the property's type and range if it is not given.</summary>
    public string? Values { get; init; }
}
