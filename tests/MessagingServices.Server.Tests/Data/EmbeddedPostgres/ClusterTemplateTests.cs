using System.Runtime.Versioning;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Data.EmbeddedPostgres;

/// <summary>A new cluster is a copy of one that was made before on the same machine.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ClusterTemplateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_second_new_cluster_is_a_copy_of_the_first_as_it_was_when_it_was_migrated()
    {
        var first = await MakeTemplateAsync();

        await using var second = await StartAsync("two");

        Assert.Equal(first, await IdentifierAsync(second));
        Assert.Equal(1L, await Sql.ScalarAsync(second.ConnectionString, "SELECT count(*) FROM schema"));
        Assert.Equal(0L, await Sql.ScalarAsync(second.ConnectionString,
            "SELECT count(*) FROM pg_tables WHERE tablename = 'data'"));
    }

    [Fact]
    public async Task A_template_that_others_can_write_is_not_used()
    {
        var first = await MakeTemplateAsync();
        File.SetUnixFileMode(folder["templates"], File.GetUnixFileMode(folder["templates"]) | UnixFileMode.OtherWrite);

        await using var second = await StartAsync("two");

        Assert.NotEqual(first, await IdentifierAsync(second));
    }

    [Fact]
    public async Task A_damaged_template_is_not_used_and_is_made_anew()
    {
        var first = await MakeTemplateAsync();
        File.Delete(Path.Combine(Template!, "cluster", "global", "pg_control"));

        await using var second = await StartAsync("two");

        Assert.NotEqual(first, await IdentifierAsync(second));
        Assert.Null(Template);
        await second.SaveTemplateAsync(CancellationToken.None);
        await UntilSavedAsync();
    }

    [Fact]
    public async Task Without_a_folder_for_templates_there_is_none()
    {
        await using var cluster = await StartAsync("one", templates: "");
        await cluster.SaveTemplateAsync(CancellationToken.None);

        Assert.False(Directory.Exists(folder["templates"]));
    }

    private string? Template => Directory.GetDirectories(folder["templates"])
        .SingleOrDefault(template => !template.Contains(".new-", StringComparison.Ordinal));

    private async Task<object?> MakeTemplateAsync()
    {
        await using var cluster = await StartAsync("one");
        await Sql.ScalarAsync(cluster.ConnectionString, "CREATE TABLE schema AS SELECT 1 AS version");
        await cluster.SaveTemplateAsync(CancellationToken.None);
        await Sql.ScalarAsync(cluster.ConnectionString, "CREATE TABLE data AS SELECT 1 AS one");
        await UntilSavedAsync();
        return await IdentifierAsync(cluster);
    }

    private Task<EmbeddedCluster> StartAsync(string name, string? templates = null) => EmbeddedCluster.StartAsync(
        new() { DataDirectory = folder[name], TemplateDirectory = templates ?? folder["templates"] },
        NullLogger.Instance, TimeProvider.System, CancellationToken.None);

    private static Task<object?> IdentifierAsync(EmbeddedCluster cluster) => Sql.ScalarAsync(
        cluster.ConnectionString, "SELECT system_identifier::text FROM pg_control_system()");

    private Task UntilSavedAsync() => Eventually.TrueAsync(
        () => Task.FromResult(Template is not null), () => "The template was not saved.");
}
