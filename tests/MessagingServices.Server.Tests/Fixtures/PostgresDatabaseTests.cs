namespace MessagingServices.Server.Tests.Fixtures;

public sealed class PostgresDatabaseTests(
    PostgresDatabase database, PostgresServer server) : IClassFixture<PostgresDatabase>
{
    private const string CountTables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

    [Fact]
    public async Task A_database_has_the_schema_no_rows_and_nothing_of_another_class()
    {
        var another = await server.CreateDatabaseAsync();
        await Sql.ScalarAsync(another, "CREATE TABLE elsewhere ()");

        Assert.Equal(0L, await Sql.ScalarAsync(database.ConnectionString, "SELECT count(*) FROM accounts"));
        Assert.Equal(
            await Sql.ScalarAsync(another, CountTables),
            (long)(await Sql.ScalarAsync(database.ConnectionString, CountTables))! + 1);
        await server.DropDatabaseAsync(another);
    }

    [Fact]
    public async Task An_empty_database_has_no_tables()
    {
        var empty = await server.CreateEmptyDatabaseAsync();

        Assert.Equal(0L, await Sql.ScalarAsync(empty, CountTables));
        await server.DropDatabaseAsync(empty);
    }
}
