using System.Security.Cryptography;
using MessagingServices.Server.Api.Authentication;
using Microsoft.AspNetCore.StaticFiles;

namespace MessagingServices.Server.Api.WebConsole;

/// <summary>The built files of the console. They are known before, so no request can name another file.</summary>
internal sealed class ConsoleFolder
{
    /// <summary>The one page.</summary>
    public const string Page = "index.html";

    /// <summary>The endings of files that are compressed already, by their encodings; the best comes first.</summary>
    public static readonly IReadOnlyList<(string Encoding, string Ending)> Encodings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly Lazy<Dictionary<string, ConsoleFile>> files;

    public ConsoleFolder(ConsoleOptions options)
    {
        var root = string.IsNullOrEmpty(options.Directory)
            ? Path.Combine(AppContext.BaseDirectory, "console") : Path.GetFullPath(options.Directory);
        IsEnabled = options.Enabled;
        IsServed = IsEnabled && File.Exists(Path.Combine(root, Page));
        files = new(() => IsServed ? Read(root) : []);
    }

    /// <summary>Whether the configuration wants the console.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whether the console is built, too.</summary>
    public bool IsServed { get; }

    /// <summary>Finds a file; null when there is none.</summary>
    /// <param name="path">The path within the folder, with slashes and case-sensitive.</param>
    public ConsoleFile? Find(string path) => files.Value.GetValueOrDefault(path);

    private static Dictionary<string, ConsoleFile> Read(string root)
    {
        var all = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), StringComparer.Ordinal);
        return all.Where(file => !IsCompressed(file.Key, all.ContainsKey)).ToDictionary(
            file => file.Key, file => ConsoleFile.Of(file.Key, file.Value, TypeOf(file.Key), all.GetValueOrDefault),
            StringComparer.Ordinal);
    }

    private static bool IsCompressed(string path, Func<string, bool> exists) => Encodings.Any(
        encoding => path.EndsWith(encoding.Ending, StringComparison.Ordinal)
            && exists(path[..^encoding.Ending.Length]));

    private static string TypeOf(string path)
    {
        if (!Types.TryGetContentType(path, out var type)) return "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
    }
}

/// <summary>A file of the console.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Tag">Its entity tag, without quotes.</param>
/// <param name="IsHashed">Whether its name has a hash of its content, so that it never changes.</param>
/// <param name="Forms">Where it is on the disk, by encoding; the best comes first, the file as it is last.</param>
internal sealed record ConsoleFile(
    string ContentType, string Tag, bool IsHashed, IReadOnlyList<(string? Encoding, string Path)> Forms)
{
    private const string Hashed = "assets/";
    private const int TagBytes = 12;

    /// <summary>Describes a file.</summary>
    /// <param name="name">Its path within the folder.</param>
    /// <param name="file">Where it is on the disk.</param>
    /// <param name="type">Its type.</param>
    /// <param name="find">Finds another file by its path within the folder.</param>
    public static ConsoleFile Of(string name, string file, string type, Func<string, string?> find) => new(
        type, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)).AsSpan(0, TagBytes)),
        name.StartsWith(Hashed, StringComparison.Ordinal),
        [
            .. ConsoleFolder.Encodings
                .Select(encoding => ((string?)encoding.Encoding, Path: find(name + encoding.Ending)!))
                .Where(form => form.Path is not null),
            (null, file),
        ]);
}
