using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Architecture.ArchitectureRules;

namespace MessagingServices.Server.Tests.Architecture;

/// <summary>
/// What the code keeps to. Each rule is first shown to find a violation, then to find none in the source.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Libraries =
        ["MessagingServices.Testing", "MessagingServices.Testcontainers", "MessagingServices.Aspire.Hosting"];
    private static readonly Type[] Types =
    [
        .. typeof(Sid).Assembly.GetTypes(), .. typeof(Program).Assembly.GetTypes(),
        .. typeof(Testing.Emulator).Assembly.GetTypes(),
    ];
    private static readonly SourceFile[] Source = [.. Repository.Sources("src")];

    [Fact]
    public void The_domain_references_neither_web_nor_database()
    {
        Assert.Equal(["Npgsql", "Microsoft.AspNetCore.Http"],
            OutsideReferences([new("Npgsql"), new("System.Runtime"), new("Microsoft.AspNetCore.Http")]));

        AssertNone(OutsideReferences(typeof(Sid).Assembly.GetReferencedAssemblies()));
    }

    [Fact]
    public void The_libraries_reference_no_other_project()
    {
        Assert.Equal(["A.csproj: ../B/B.csproj"],
            ProjectReferences([new("A.csproj", """<ProjectReference Include="../B/B.csproj" />""")]));

        AssertNone(ProjectReferences(Libraries.Select(Repository.Project)));
    }

    [Fact]
    public void The_library_for_tests_depends_on_no_package()
    {
        Assert.Equal(["A.csproj: Polly"], PackageReferences(
            [new("A.csproj", """<PackageReference Include="Polly" />""")]));

        AssertNone(PackageReferences([Repository.Project(Libraries[0])]));
    }

    [Fact]
    public void The_apis_do_not_reference_each_other()
    {
        Assert.Single(SurfaceCrossings([new("src/Api/V1/ServicesController.cs",
            "using MessagingServices.Server.Api.V2010;")]));
        Assert.Single(SurfaceCrossings([new("src/Api/V2010/MessageResource.cs",
            "var page = new Api.V1.ServiceResource();")]));
        Assert.Empty(SurfaceCrossings([new("src/Api/V1/ServicesController.cs",
            "using MessagingServices.Server.Api.Http;\nnamespace MessagingServices.Server.Api.V1;")]));

        AssertNone(SurfaceCrossings(Source));
    }

    [Fact]
    public void Names_say_what_a_thing_is()
    {
        Assert.Equal([nameof(MessageHelper)], EmptyNames([typeof(MessageHelper), typeof(Sid)]));

        AssertNone(EmptyNames(Types));
    }

    [Fact]
    public void Classes_are_sealed_static_or_abstract()
    {
        Assert.Single(Unsealed([typeof(MessageHelper), typeof(ArchitectureRules), typeof(Dependent)]));

        AssertNone(Unsealed(Types));
    }

    [Fact]
    public void Classes_have_at_most_five_dependencies()
    {
        Assert.Single(OverDependent([typeof(Dependent), typeof(Repository)]));

        AssertNone(OverDependent(Types));
    }

    [Fact]
    public void Files_are_short()
    {
        Assert.Single(LongFiles([new("Long.cs", new('\n', MaxLines + 1)), new("Short.cs", new('\n', MaxLines))]));

        AssertNone(LongFiles([.. Source, .. Repository.Sources("tests")]));
    }

    [Fact]
    public void Lines_have_at_most_120_columns()
    {
        var (longLine, data) = (new string('x', MaxColumns + 1), $"\"{new string('x', MaxColumns)}\"");
        Assert.Equal(["src/A.cs:2: 121 columns"], LongLines([new("src/A.cs", $"short\n{longLine}")]));
        Assert.Single(LongLines([new("src/A.cs", data)]));
        Assert.Empty(LongLines([new("tests/A.cs", data)]));

        AssertNone(LongLines([.. Source, .. Repository.Sources("tests")]));
    }

    [Fact]
    public void Code_does_not_read_the_clock_of_the_machine()
    {
        Assert.Equal(["Late.cs"],
            ReadersOfTheClock([new("Late.cs", "var now = DateTime.UtcNow;"), new("Right.cs", "clock.GetUtcNow()")]));

        AssertNone(ReadersOfTheClock(Source));
    }

    [Fact]
    public void One_place_says_what_an_error_of_the_database_means()
    {
        Assert.Equal(["Second.cs"],
            ReadersOfSqlStates([new("Second.cs", "error.SqlState"), new("Right.cs", "IsTransient(error)")]));

        // The embedded PostgreSQL is asked whether it still starts.
        Assert.Equal(
            ["DatabaseErrors.cs", "Postmaster.cs"], ReadersOfSqlStates(Source).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void There_is_something_to_check()
    {
        Assert.Contains(Source, file => file.Name == "src/MessagingServices.Server/Startup/Program.cs");
        Assert.Contains(Types, type => type.Name == nameof(Sid));
    }

    public class MessageHelper;

    private sealed class Dependent
    {
        public Dependent(int a, int b, int c, int d, int e, int f) => _ = a + b + c + d + e + f;
    }
}
