using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary>
/// Compiles a C# snippet as a program of its own, with the libraries of this test project. The compiler's errors and
/// the stack traces name the page and its lines. The program runs in a process of its own.
/// </summary>
internal static class SnippetProgram
{
    public const string Argument = "run-snippet";

    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Latest);

    // What the .NET SDK adds to a console program.
    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """, Syntax);

    private static readonly Lazy<MetadataReference[]> Libraries = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>Compiles into a file; the compiler's errors, empty without one.</summary>
    public static string Compile(Snippet snippet, string code, string path)
    {
        var source = SourceText.From($"#line {snippet.Line} \"{snippet.Page}\"\n{code}", Encoding.UTF8);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [ImplicitUsings, CSharpSyntaxTree.ParseText(source, Syntax, snippet.Page)],
            Libraries.Value,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var file = File.Create(path);
        var result = compilation.Emit(file, options: new(debugInformationFormat: DebugInformationFormat.Embedded));
        return string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>Runs a compiled snippet in another process.</summary>
    public static Task<CommandResult> RunAsync(
        string path, params IEnumerable<(string Name, string Value)> environment) => Command.RunAsync(
        Path.ChangeExtension(typeof(SnippetProgram).Assembly.Location, null), [Argument, path],
        environment: environment);

    /// <summary>The entry point of that process.</summary>
    public static int Main(string path)
    {
        var program = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).EntryPoint!;
        object?[] arguments = program.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
        return program.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null) as int? ?? 0;
    }
}
