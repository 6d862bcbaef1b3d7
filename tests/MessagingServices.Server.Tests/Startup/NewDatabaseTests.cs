using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Seeding;
using MessagingServices.Server.Startup;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>A server prepares for a database that it will make.</summary>
public sealed class NewDatabaseTests
{
    [Fact]
    public void What_a_seed_needs_is_compiled_without_a_database() => NewDatabase.Compile(new SeedOptions());

    [Fact]
    public void A_cluster_is_new_until_its_folder_has_one()
    {
        using TemporaryFolder folder = new();
        EmbeddedPostgresOptions kept = new() { DataDirectory = folder.Path };
        EmbeddedPostgresOptions ephemeral = new() { DataDirectory = folder.Path, Ephemeral = true };

        Assert.True(EmbeddedCluster.IsNew(kept));
        Directory.CreateDirectory(Path.Combine(folder.Path, "cluster"));

        Assert.False(EmbeddedCluster.IsNew(kept));
        Assert.True(EmbeddedCluster.IsNew(ephemeral));
    }
}
