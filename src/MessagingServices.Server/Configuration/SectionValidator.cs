using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MessagingServices.Server.Configuration;

/// <summary>
/// Checks the data annotations of an options object. Unlike the framework's own check, its error is one sentence with
/// the key, the value and the allowed values. A result without a member is a whole sentence already.
/// </summary>
internal sealed class SectionValidator<TOptions>(IConfiguration configuration)
    : IValidateOptions<TOptions> where TOptions : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (!SectionBinder.IsSet(configuration, typeof(TOptions))) return ValidateOptionsResult.Success;
        List<ValidationResult> results = [];
        var context = new ValidationContext(options);
        return Validator.TryValidateObject(options, context, results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(Sentence));
    }

    private string Sentence(ValidationResult result)
    {
        if (result.MemberNames.FirstOrDefault() is not { } member) return result.ErrorMessage!;
        var setting = Setting.Of(typeof(TOptions)).Single(setting => setting.Member == member);
        return setting.Wrong(configuration[setting.Key], setting.Remedy ?? result.ErrorMessage!);
    }
}
