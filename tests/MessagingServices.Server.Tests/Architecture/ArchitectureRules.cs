using System.Reflection;
using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MessagingServices.Server.Tests.Architecture;

/// <summary>
/// The rules as functions from code to what violates them, so that they can be tried on code that does.
/// </summary>
internal static partial class ArchitectureRules
{
    public const int MaxDependencies = 5;
    public const int MaxLines = 300;
    public const int MaxColumns = 120;

    private static readonly string[] OutsideWorld =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Npgsql", "System.Net.Http"];
    private static readonly string[] EmptyWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Handler", "Dto", "DTO", "Model", "Impl"];
    private static readonly string[] Surfaces =
        ["V2010", "V1", "V2", "V3", "Content", "Conversations", "Monitor", "Emulator", "WebConsole"];

    /// <summary>The domain knows neither web nor database.</summary>
    public static IEnumerable<string> OutsideReferences(IEnumerable<AssemblyName> references) =>
        references.Select(reference => reference.Name!)
            .Where(name => OutsideWorld.Any(outside => name.StartsWith(outside, StringComparison.Ordinal)));

    /// <summary>A library that others install brings nothing of the server.</summary>
    public static IEnumerable<string> ProjectReferences(IEnumerable<SourceFile> projects) =>
        References(projects, "ProjectReference");

    /// <summary>A library that others install brings no packages of others.</summary>
    public static IEnumerable<string> PackageReferences(IEnumerable<SourceFile> projects) =>
        References(projects, "PackageReference");

    /// <summary>The APIs share only the folders beside them.</summary>
    public static IEnumerable<string> SurfaceCrossings(IEnumerable<SourceFile> files) =>
        from file in files
        let own = Surfaces.FirstOrDefault(surface => file.Name.Contains($"/Api/{surface}/", StringComparison.Ordinal))
        where own is not null
        from Match reference in SurfaceReference.Matches(file.Text)
        where reference.Groups[1].Value != own
        select $"{file.Name}: {reference.Value}";

    /// <summary>Names say what a thing is.</summary>
    public static IEnumerable<string> EmptyNames(IEnumerable<Type> types) =>
        types.Where(IsHandWritten).Select(PlainName)
        .Where(name => EmptyWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)));

    /// <summary>Only what is meant to be derived from can be.</summary>
    public static IEnumerable<string> Unsealed(IEnumerable<Type> types) =>
        from type in types
        where type is { IsClass: true, IsSealed: false, IsAbstract: false } && IsHandWritten(type)
            && type != typeof(Program) && !IsGenerated(type)
        select type.FullName;

    /// <summary>A class that needs more has more than one job.</summary>
    public static IEnumerable<string> OverDependent(IEnumerable<Type> types) =>
        from type in types
        where type.IsClass && IsHandWritten(type) && !IsRecord(type) && !IsDictated(type)
        from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        where constructor.GetParameters().Length > MaxDependencies
        select $"{type.FullName}: {constructor.GetParameters().Length} parameters";

    /// <summary>Files are read in one go.</summary>
    public static IEnumerable<string> LongFiles(IEnumerable<SourceFile> files) =>
        from file in files
        let lines = file.Text.AsSpan().Count('\n')
        where lines > MaxLines
        select $"{file.Name}: {lines} lines";

    /// <summary>Lines fit beside each other on a screen. In tests, lines of data such as JSON may be longer.</summary>
    public static IEnumerable<string> LongLines(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Text.Split('\n').Index()
        where line.Item.Length > MaxColumns
            && !(file.Name.StartsWith("tests/", StringComparison.Ordinal) && TestData.IsMatch(line.Item))
        select $"{file.Name}:{line.Index + 1}: {line.Item.Length} columns";

    /// <summary>Time is a parameter.</summary>
    public static IEnumerable<string> ReadersOfTheClock(IEnumerable<SourceFile> files) =>
        files.Where(file => ClockReading.IsMatch(file.Text)).Select(file => file.Name);

    /// <summary>One place says what an error of the database means.</summary>
    public static IEnumerable<string> ReadersOfSqlStates(IEnumerable<SourceFile> files) =>
        files.Where(file => SqlState.IsMatch(file.Text)).Select(file => file.Name);

    /// <summary>Fails with all violations.</summary>
    public static void AssertNone(IEnumerable<string?> violations) =>
        Assert.True(!violations.Any(), string.Join('\n', violations));

    private static IEnumerable<string> References(IEnumerable<SourceFile> projects, string element) =>
        from project in projects
        from Match reference in Regex.Matches(project.Text, $"<{element} Include=\"([^\"]+)\"")
        select $"{project.Name}: {reference.Groups[1].Value}";

    private static string PlainName(Type type) => type.Name.Split('`')[0];

    private static bool IsHandWritten(Type type) =>
        !type.Name.Contains('<', StringComparison.Ordinal) && !type.FullName!.Contains("+<", StringComparison.Ordinal)
        && type.Namespace?.StartsWith("MessagingServices", StringComparison.Ordinal) == true
        && !type.Namespace.EndsWith(".Generated", StringComparison.Ordinal)
        && !type.Namespace.EndsWith(".CompiledModel", StringComparison.Ordinal);

    private static bool IsGenerated(Type type) =>
        type.IsSubclassOf(typeof(Migration)) || type.IsSubclassOf(typeof(ModelSnapshot));

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    /// <summary>Where the framework says what a constructor takes.</summary>
    private static bool IsDictated(Type type) => typeof(DbContext).IsAssignableFrom(type);

    [GeneratedRegex(@"\bApi\.(V2010|V1|V2|V3|Content|Conversations|Monitor|Emulator|WebConsole)\b")]
    private static partial Regex SurfaceReference { get; }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex ClockReading { get; }

    [GeneratedRegex(@"\bSqlState\b|\bPostgresErrorCodes\b")]
    private static partial Regex SqlState { get; }

    // A line that is only a literal, an element of test data, or an attribute with test data.
    [GeneratedRegex("""^\s*(\[InlineData\(|["$]|\{ ?["\d])""")]
    private static partial Regex TestData { get; }
}
