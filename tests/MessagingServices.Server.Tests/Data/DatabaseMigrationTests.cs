using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace MessagingServices.Server.Tests.Data;

public sealed class DatabaseMigrationTests(PostgresServer server) : IAsyncLifetime
{
    private string database = "";

    public async ValueTask InitializeAsync() => database = await server.CreateEmptyDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(database);

    [Fact]
    public async Task Lets_servers_that_start_at_once_on_an_empty_database_all_come_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ApplyAsync(database))));

        Assert.Equal(1L, await Sql.ScalarAsync(database, "SELECT count(*) FROM parcels"));
        Assert.Equal(0L, await Sql.ScalarAsync(database,
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database "
                + "WHERE datname = current_database())"));
    }

    [Fact]
    public async Task The_migrations_of_the_server_make_its_schema_from_nothing()
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database).Options;
        await using var db = new MessagingDb(options);
        await DatabaseMigration.ApplyAsync(() => new(database), null, CancellationToken.None);

        Assert.Equal(db.Database.GetMigrations(), SchemaVersion.Migrations);
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.False(await db.Messages.AnyAsync());
    }

    [Fact]
    public async Task Webhooks_of_former_versions_get_the_code_of_their_last_error()
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database).Options;
        await using var db = new MessagingDb(options);
        await db.GetService<IMigrator>().MigrateAsync("20261129140457_BrandsAndVerifications");
        await Sql.ScalarAsync(database,
            """
            INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token,
                date_created, attempts, outcome)
            SELECT 'WH' || lpad(number::text, 32, '0'), 'AC', 'SM', 'status_callback', 'POST', '', '[]',
                gen_random_uuid(), now(), attempts, 'delivered'
            FROM unnest(ARRAY[
                '[{"error_code":11200,"error":"a"},{"error_code":11217,"error":"\"error_code\":1"},{"error":"x"}]',
                '[{"error_code": 11205}, {"error_code": null}]', '[{"status_code":200}]', '[]'
            ]) WITH ORDINALITY AS former (attempts, number)
            """);
        await db.Database.MigrateAsync();

        Assert.Equal("11217,11205,-,-", await Sql.ScalarAsync(
            database, "SELECT string_agg(coalesce(error_code::text, '-'), ',' ORDER BY sid) FROM webhooks"));
    }

    [Fact]
    public async Task No_index_reads_what_each_recorded_webhook_changes()
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database).Options;
        await using var db = new MessagingDb(options);
        await db.Database.MigrateAsync();

        // Such an index would keep the update from staying on the row's page (HOT).
        Assert.Equal(0L, await Sql.ScalarAsync(database,
            "SELECT count(*) FROM pg_indexes WHERE tablename = 'webhooks' "
            + "AND indexdef ~ 'attempts|signature|outcome'"));
    }

    [Fact]
    public void The_compiled_model_is_that_of_the_mapping()
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database).Options;
        using var db = new MessagingDb(options);
        Assert.Equal("MessagingDbModel", db.Model.GetType().Name);

        var mapping = db.GetService<IDesignTimeModel>().Model;
        Assert.Equal(ColumnsOf(mapping), ColumnsOf(db.Model));
        Assert.Equal(ReferencesOf(mapping), ReferencesOf(db.Model));

        static IEnumerable<string> ReferencesOf(IModel model) => (
            from entity in model.GetEntityTypes()
            from reference in entity.GetForeignKeys()
            select string.Join(' ', entity.GetTableName(), reference.PrincipalEntityType.GetTableName(),
                string.Join(',', reference.Properties.Select(property => property.Name)), reference.DeleteBehavior,
                reference.PrincipalToDependent?.Name, reference.DependentToPrincipal?.Name)).Order();

        static IEnumerable<string> ColumnsOf(IModel model) => (
            from entity in model.GetEntityTypes()
            from property in entity.GetProperties()
            select string.Join(' ', entity.GetTableName(), property.GetColumnName(), property.GetColumnType(),
                property.ClrType, property.IsNullable, property.ValueGenerated, property.IsPrimaryKey())).Order();
    }

    [Fact]
    public async Task Changes_nothing_in_a_database_that_is_up_to_date()
    {
        await ApplyAsync(database);
        await ApplyAsync(database);

        Assert.Equal(1L, await Sql.ScalarAsync(database, "SELECT count(*) FROM parcels"));
    }

    [Fact]
    public async Task Refuses_a_schema_that_is_newer_than_the_program()
    {
        await ApplyAsync(database);
        await Sql.ScalarAsync(
            database, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_FromTheFuture', '99.0')""");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => ApplyAsync(database));

        Assert.StartsWith("The database schema of ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer than this program, which does not know", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_FromTheFuture", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=9;Database=d;Username=u;Password=hush", "\"d\" at tcp://127.0.0.1:9")]
    [InlineData("Host=no-such-host.invalid;Database=d;Username=u;Password=hush",
        "\"d\" at tcp://no-such-host.invalid:5432")]
    public async Task Says_which_database_cannot_be_reached_without_the_password(string unreachable, string named)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => ApplyAsync(unreachable));

        Assert.StartsWith($"The PostgreSQL database {named} cannot be used (", refusal.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_database_does_not_exist()
    {
        var missing = new NpgsqlConnectionStringBuilder(database) { Database = "missing" }.ConnectionString;

        var refusal = await Assert.ThrowsAsync<StartupException>(() => ApplyAsync(missing));

        Assert.Contains("(database \"missing\" does not exist)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=localhost;Colour=red")]
    public async Task Says_that_a_connection_string_is_none(string nonsense)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => ApplyAsync(nonsense));

        Assert.StartsWith("ConnectionStrings:Postgres is not a connection string", refusal.Message,
            StringComparison.Ordinal);
    }

    private static Task<bool> ApplyAsync(string connectionString) => DatabaseMigration.ApplyAsync(
        () => new(connectionString), ["20260101000000_Parcels"],
        connection => new ParcelDb(new DbContextOptionsBuilder().UseNpgsql(connection).Options),
        CancellationToken.None);

    private sealed class ParcelDb(DbContextOptions options) : DbContext(options);

    // Slow enough that servers which do not take turns meet in it, and not repeatable. Without a transaction, as for an
    // index built concurrently, EF Core's own lock, which ends with its transaction, does not keep them apart.
    [DbContext(typeof(ParcelDb))]
    [Migration("20260101000000_Parcels")]
    private sealed class Parcels : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("SELECT pg_sleep(0.2)", suppressTransaction: true);
            migrationBuilder.Sql("CREATE TABLE parcels (id int)", suppressTransaction: true);
            migrationBuilder.Sql("INSERT INTO parcels VALUES (1)", suppressTransaction: true);
        }
    }
}
