using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Architecture;

/// <summary>
/// Which folder of a project uses which, by its source. Imports that nothing uses are errors of the compiler, so an
/// import is a use. A name behind its namespace is a use too. Types of an enclosing namespace, or of one that the
/// project file imports, need no import: they are found by their names.
/// </summary>
internal sealed partial class FolderOrder
{
    /// <summary>The server's folders from top to bottom: each uses only folders below it.</summary>
    public static readonly string[] Server =
    [
        "Startup",
        "Proxy",
        "Agents",
        "Seeding",
        "Api",
        "Emulator",
        "Inbound",
        "Conversations",
        "Outbound",
        "Provisioning",
        "Media",
        "Webhooks",
        "OutgoingHttp",
        "Engine",
        "Events",
        "Telemetry",
        "Certificates",
        "Data",
        "Configuration",
    ];

    /// <summary>The domain's folders from top to bottom. Types directly in the project are below all of them.</summary>
    public static readonly string[] Domain =
    [
        "Advice",
        "Webhooks",
        "Conversations",
        "Inbound",
        "Requests",
        "Carriers",
        "Prices",
        "Throughput",
        "Search",
        "Messages",
        "Media",
        "Selection",
        "OptOuts",
        "Content",
        "Compliance",
        "Services",
        "Segments",
        "Extracts",
        "Senders",
        "Rules",
        "Clock",
        "Accounts",
    ];

    private const string Root = "";

    private readonly List<CodeFile> files;
    private readonly Dictionary<string, List<string>> foldersOfTypes;
    private readonly List<string> importedEverywhere;

    /// <param name="project">The root namespace, which is also the name of the folder.</param>
    /// <param name="projectFile">The text of the project file.</param>
    /// <param name="sources">The project's files.</param>
    public FolderOrder(string project, string projectFile, IEnumerable<SourceFile> sources)
    {
        List<SourceFile> all = [.. sources];
        var folders = all.Select(source => CodeFile.FolderOf(project, source)).Append(Root).ToHashSet();
        files = [.. all.Select(source => CodeFile.Read(project, source, folders))];
        importedEverywhere =
        [
            .. Regex.Matches(projectFile, $"<Using Include=\"{Regex.Escape(project)}\\.([\\w.]+)\"")
                .Select(match => match.Groups[1].Value.Replace('.', '/')),
        ];
        foldersOfTypes = files.SelectMany(file => file.Types.Select(type => (Type: type, file.Folder)))
            .GroupBy(row => row.Type).ToDictionary(types => types.Key, types =>
                types.Select(row => row.Folder).Distinct().ToList());
    }

    /// <summary>
    /// Uses of a folder that is not below the folder of the file, as "file uses folder". Files directly in the project
    /// are below all folders.
    /// </summary>
    public IEnumerable<string> UsesAgainst(IReadOnlyList<string> order) =>
        from file in files
        let place = file.Folder == Root ? order.Count : order.ToList().IndexOf(Top(file.Folder))
        from used in UsedBy(file).Select(Top).Distinct()
        where used != Root && used != Top(file.Folder) && order.ToList().IndexOf(used) <= place
        select $"{file.Name} uses {used}";

    /// <summary>Folders, with their subfolders, that use each other in a cycle.</summary>
    public IEnumerable<string> Cycles()
    {
        var uses = files.GroupBy(file => file.Folder).ToDictionary(
            folder => folder.Key, folder => folder.SelectMany(UsedBy).Where(used => used != folder.Key).ToHashSet());
        // A folder is in no cycle when everything that it uses is in none; what remains is in cycles or uses them.
        while (uses.FirstOrDefault(folder => !folder.Value.Any(uses.ContainsKey))
            is { Key: { } free }) uses.Remove(free);
        while (uses.FirstOrDefault(folder => !uses.Values.Any(used => used.Contains(folder.Key))) is { Key: { } free })
            uses.Remove(free);
        return uses.Select(folder => $"{folder.Key} uses {string.Join(", ", folder.Value.Where(uses.ContainsKey))}");
    }

    /// <summary>The folders of the project that have files of their own.</summary>
    public IEnumerable<string> Folders => files.Select(file => file.Folder).Distinct();

    private IEnumerable<string> UsedBy(CodeFile file) =>
        file.Imports.Concat(file.Names.Where(foldersOfTypes.ContainsKey)
            .Where(name => !file.Types.Contains(name) && !foldersOfTypes[name].Contains(file.Folder))
            .SelectMany(name => foldersOfTypes[name].Where(folder => IsVisible(folder, file)))).Distinct();

    /// <summary>Whether the file sees the types of a folder: it imports it, or lies below it.</summary>
    private bool IsVisible(string folder, CodeFile file) =>
        folder == Root || file.Imports.Contains(folder) || importedEverywhere.Contains(folder)
        || file.Folder.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string Top(string folder) => folder.Split('/')[0];

    /// <summary>What a file declares and uses.</summary>
    /// <param name="Name">The path.</param>
    /// <param name="Folder">The folder within the project.</param>
    /// <param name="Imports">The folders that it imports, or names with their namespace.</param>
    /// <param name="Types">The types that it declares.</param>
    /// <param name="Names">All its identifiers, outside of comments and strings.</param>
    private sealed partial record CodeFile(
        string Name, string Folder, IReadOnlySet<string> Imports, IReadOnlySet<string> Types,
        IReadOnlySet<string> Names)
    {
        /// <summary>The folder of a file within the project; empty for the project's own.</summary>
        public static string FolderOf(string project, SourceFile source)
        {
            var path = source.Name[(source.Name.IndexOf($"{project}/", StringComparison.Ordinal) + project.Length
                + 1)..];
            return (Path.GetDirectoryName(path) ?? Root).Replace('\\', '/');
        }

        /// <summary>Reads a file of a project with these folders.</summary>
        public static CodeFile Read(string project, SourceFile source, IReadOnlySet<string> folders)
        {
            var folder = FolderOf(project, source);
            var code = CommentOrText().Replace(source.Text, "");
            code = Namespace().Replace(code, "");
            // MessagingServices.Server.Webhooks.Webhook, and Webhooks.Webhook inside of MessagingServices.Server.
            var qualified = QualifiedName().Matches(code)
                .Select(match => match.Value.StartsWith($"{project}.", StringComparison.Ordinal)
                    ? match.Value[(project.Length + 1)..]
                    : match.Value);
            return new(source.Name, folder,
                qualified.Select(name => LongestFolder(name.Split('.'), folders))
                    .Where(used => used != Root && used != folder).ToHashSet(),
                Declaration().Matches(code).Select(match => match.Groups[1].Value).ToHashSet(),
                Identifier().Matches(code).Select(match => match.Value).ToHashSet());
        }

        private static string LongestFolder(string[] parts, IReadOnlySet<string> folders) =>
            Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts.Take(count)))
                .LastOrDefault(folders.Contains) ?? Root;

        [GeneratedRegex("""("{3,})[\s\S]*?\1|//[^\n]*|"(?:\\.|[^"\\\n])*"|/\*[\s\S]*?\*/""")]
        private static partial Regex CommentOrText();

        [GeneratedRegex(@"\bnamespace [\w.]+")]
        private static partial Regex Namespace();

        [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
        private static partial Regex QualifiedName();

        [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|enum|record(?: struct| class)?) ([A-Z]\w*)",
            RegexOptions.Multiline)]
        private static partial Regex Declaration();

        // Not the members that an object initializer sets, which may be named like a type.
        [GeneratedRegex(@"(?<![\w.])[A-Z]\w*\b(?!\s*=[^=>])")]
        private static partial Regex Identifier();
    }
}
