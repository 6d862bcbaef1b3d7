using System.Runtime.Versioning;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Data.EmbeddedPostgres;

/// <summary>Which PostgreSQL the server runs. The ones here are scripts that only print their version.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PostgresSearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_named_one_is_used_although_others_are_installed()
    {
        var search = Search(Install("18.4"), Install("17.2"), Install("15.3"));

        Assert.Equal("18.4", (await search.FindAsync(CancellationToken.None)).Version);
        Assert.Equal("18.4", (await search.FindForClusterAsync(18, "data", CancellationToken.None)).Version);
    }

    [Fact]
    public async Task An_existing_cluster_gets_the_installed_one_of_its_version()
    {
        var search = Search(null, Install("17.2"), Install("15.3"));

        Assert.Equal("17.2", (await search.FindAsync(CancellationToken.None)).Version);
        Assert.Equal("15.3", (await search.FindForClusterAsync(15, "data", CancellationToken.None)).Version);
    }

    [Fact]
    public async Task The_packed_one_is_used_where_no_other_is_installed_or_when_it_is_named()
    {
        var archive = await PackAsync();
        var installed = Install("17.2");
        var version = archive.MajorVersion;

        Assert.Equal(17, (await Search(null, archive, installed).FindAsync(CancellationToken.None)).MajorVersion);
        Assert.Equal(version, (await Search(null, archive).FindAsync(CancellationToken.None)).MajorVersion);
        Assert.Equal(version, (await Search("bundled", archive, installed).FindAsync(CancellationToken.None))
            .MajorVersion);
        Assert.Equal(version, (await Search(null, archive, installed).FindForClusterAsync(
            version, "data", CancellationToken.None)).MajorVersion);
    }

    [Theory]
    [InlineData("/nowhere", "which is no folder with initdb, postgres and pg_ctl")]
    [InlineData("broken", "and the programs there do not run here (Illegal instruction)")]
    [InlineData("bundled", "no PostgreSQL for this platform is packed with the server")]
    public async Task A_named_one_that_cannot_be_used_is_refused(string named, string reason)
    {
        var name = named == "broken" ? Install("broken", "echo Illegal instruction; exit 1") : named;

        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => Search(name, Install("17.2")).FindAsync(CancellationToken.None));

        Assert.StartsWith("EmbeddedPostgres:Binaries is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_the_refusal_says_what_to_do()
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => Search(null, folder["empty"]).FindAsync(CancellationToken.None));

        Assert.Contains("apt install postgresql", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("EmbeddedPostgres:Binaries", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Postgres", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "but here is PostgreSQL 18 and 17: ")]
    [InlineData(true, "but here is PostgreSQL 18: ")]
    public async Task A_cluster_of_another_version_is_refused(bool isNamed, string present)
    {
        string[] installed = [Install("18.4"), Install("17.2")];
        var search = isNamed ? Search(installed[0], installed[1]) : Search(null, installed);

        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => search.FindForClusterAsync(15, "/data", CancellationToken.None));

        Assert.StartsWith($"The folder /data holds the database of a PostgreSQL 15, {present}", refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains("docs/deployment.md", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chapter_that_the_refusal_names_is_in_the_documentation() => Assert.Contains(
        "\n### Another version of PostgreSQL\n",
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "deployment.md")), StringComparison.Ordinal);

    private async Task<PostgresArchive> PackAsync() => PostgresArchive.Find(
        (await PackedPostgres.CreateAsync(folder["program"])).Folder, folder["cache"], TimeProvider.System)!;

    private static PostgresSearch Search(string? named, params string[] installed) => new(named, installed, null);

    private static PostgresSearch Search(string? named, PostgresArchive archive, params string[] installed) =>
        new(named, installed, archive);

    private string Install(string version) => Install(version, $"echo 'postgres (PostgreSQL) {version}'");

    private string Install(string name, string script)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder[name], "bin")).FullName;
        foreach (var program in new[] { "initdb", "postgres", "pg_ctl" })
        {
            var path = Path.Combine(bin, program);
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return bin;
    }
}
