using System.Text.Encodings.Web;
using System.Text.Json;

namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>How variables are written.</summary>
internal enum VariableFormat
{
    /// <summary>For <c>eval</c> in a shell.</summary>
    Shell,

    /// <summary>A file <c>.env</c>.</summary>
    Dotenv,

    /// <summary>One flat object.</summary>
    Json,

    /// <summary>For PowerShell.</summary>
    Powershell,
}

/// <summary>Writes variables.</summary>
internal static class VariableText
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes them in a format. All values are quoted, so that no character has a meaning.</summary>
    public static string Write(IEnumerable<(string Name, string Value)> variables, VariableFormat format) =>
        format switch
        {
            VariableFormat.Shell => Lines(variables, (name, value) =>
                $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'"),
            VariableFormat.Dotenv => Lines(variables, (name, value) => $"{name}={Dotenv(value)}"),
            VariableFormat.Json => JsonSerializer.Serialize(
                variables.ToDictionary(variable => variable.Name, variable => variable.Value), Readable) + "\n",
            VariableFormat.Powershell => Lines(variables, (name, value) =>
                $"$env:{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'"),
        };

    /// <summary>Readers of such files take a text in single quotes as it is, without a single quote.</summary>
    private static string Dotenv(string value) => value.Contains('\'', StringComparison.Ordinal)
        ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{value}'";

    private static string Lines(
        IEnumerable<(string Name, string Value)> variables, Func<string, string, string> line) =>
        string.Concat(variables.Select(variable => line(variable.Name, variable.Value) + "\n"));
}
