using System.Text.RegularExpressions;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary>
/// What the Dockerfile says is in the repository and in the server: no engine has to build it to see that.
/// </summary>
public sealed partial class DockerImageTests
{
    private static readonly string Dockerfile = Read("Dockerfile");

    [Fact]
    public void Its_settings_exist()
    {
        var keys = SettingsCatalog.Sections.SelectMany(section => section.Settings).Select(setting => setting.Key);

        var settings = Setting.Matches(Dockerfile).Select(match => match.Groups[1].Value.Replace("__", ":",
            StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(settings);
        Assert.Empty(settings.Except(keys));
    }

    [Fact]
    public void It_has_no_default_token_and_the_PostgreSQL_of_the_packages()
    {
        Assert.Contains($"Account__AuthToken={AccountOptions.RandomAuthToken}", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("EmbeddedPostgres__Binaries=/opt/postgresql/bin", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("RUN node archive.mjs --unpacked /postgres\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("COPY --from=postgres /postgres /opt/postgresql\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"\n      Account__AuthToken: {AccountOptions.DefaultAuthToken}\n", Read("docker-compose.yml"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_that_it_copies_are_in_its_context()
    {
        var allowed = Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..])
            .ToList();

        var copied = Copy.Matches(Dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')[..^1]).ToList();

        Assert.Contains("packaging/postgres", copied);
        Assert.All(copied, path =>
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path);
            Assert.True(allowed.Exists(prefix => path == prefix
                || path.StartsWith(prefix + '/', StringComparison.Ordinal)), path);
        });
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, name));

    [GeneratedRegex(@"\b(\w+__\w+)=")]
    private static partial Regex Setting { get; }

    [GeneratedRegex(@"^COPY (?!--from)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy { get; }
}
