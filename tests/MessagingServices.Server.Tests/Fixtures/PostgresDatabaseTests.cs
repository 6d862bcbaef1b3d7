namespace MessagingServices.Server.Tests.Fixtures;

public sealed class PostgresDatabaseTests(PostgresDatabase database, PostgresServer server) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Is_empty_and_shared_with_no_other_class()
    {
        var another = await server.CreateDatabaseAsync();
        await Sql.ScalarAsync(another, "CREATE TABLE elsewhere ()");
        Assert.Equal(0L, await Sql.ScalarAsync(database.ConnectionString, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await server.DropDatabaseAsync(another);
    }
}
