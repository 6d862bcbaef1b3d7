using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator.ClientEnvironment;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Which variables to print, and how.</summary>
internal sealed record EnvironmentForm
{
    /// <summary>The language of the application; <c>all</c> when absent.</summary>
    public string? Language { get; init; }

    /// <summary>How to write the variables; <c>shell</c> when absent.</summary>
    public string? Format { get; init; }

    /// <summary>
    /// The absolute path of the folder where the application has the files, when it is not the server's: on another
    /// machine, or in a container. Download them there.
    /// </summary>
    public string? Directory { get; init; }

    internal ClientLanguage ReadLanguage() => string.IsNullOrEmpty(Language)
        ? ClientLanguage.All : Enum.Parse<ClientLanguage>(Language, ignoreCase: true);

    internal VariableFormat ReadFormat() => string.IsNullOrEmpty(Format)
        ? VariableFormat.Shell : Enum.Parse<VariableFormat>(Format, ignoreCase: true);
}

/// <summary>Known words, and an absolute path on one line.</summary>
internal sealed class EnvironmentRules : AbstractValidator<EnvironmentForm>
{
    private const int MaxDirectory = 1024;

    /// <summary>The known languages.</summary>
    internal static readonly IReadOnlyList<string> Languages =
        [.. Enum.GetNames<ClientLanguage>().Select(name => name.ToLowerInvariant())];

    private static readonly string[] Formats =
        [.. Enum.GetNames<VariableFormat>().Select(name => name.ToLowerInvariant())];

    public EnvironmentRules()
    {
        RuleFor(form => form.Language).OneOf([.. Languages, ""])
            .ToApiError(value => $"Language must be one of {string.Join(", ", Languages)}, not '{value}'");
        RuleFor(form => form.Format).OneOf([.. Formats, ""])
            .ToApiError(value => $"Format must be one of {string.Join(", ", Formats)}, not '{value}'");
        RuleFor(form => form.Directory)
            .Must(new() { MaxLength = MaxDirectory, Pattern = @"^(/|[A-Za-z]:[/\\])[^\x00-\x1f""]*$" }, IsFolder)
            .ToApiError(value => $"Directory must be an absolute path without quotes, not '{value}'");
    }

    private static bool IsFolder(string? folder) => string.IsNullOrEmpty(folder)
        || (folder.Length <= MaxDirectory && !folder.Any(character => char.IsControl(character) || character == '"')
            && (folder[0] == '/' || folder is [_, ':', '/' or '\\', ..]));
}
