using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Configuration;

/// <summary>
/// Checks the data annotations of an options object. Unlike the framework's own check, its error is one sentence with
/// the key, the value and the allowed values. A result without a member is a whole sentence already.
/// </summary>
internal static class SectionValidator
{
    /// <exception cref="StartupException">A value is wrong; the message is about the first one.</exception>
    public static void Validate(IConfiguration configuration, object options)
    {
        List<ValidationResult> results = [];
        if (Validator.TryValidateObject(options, new(options), results, validateAllProperties: true)) return;
        throw new StartupException(Sentence(configuration, options.GetType(), results[0]));
    }

    private static string Sentence(IConfiguration configuration, Type options, ValidationResult result)
    {
        if (result.MemberNames.FirstOrDefault() is not { } member) return result.ErrorMessage!;
        var setting = Setting.Of(options).Single(setting => setting.Member == member);
        return setting.Wrong(configuration[setting.Key], setting.Remedy ?? result.ErrorMessage!);
    }
}
