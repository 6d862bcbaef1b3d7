using System.Data;
using System.Net.Sockets;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Tests.Data;

public sealed class DatabaseErrorsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("08006", "connection failure")]
    [InlineData("08P01", "protocol violation, from a pooler")]
    [InlineData("25006", "read-only transaction")]
    [InlineData("25P03", "idle in a transaction for too long")]
    [InlineData("25P04", "transaction timeout")]
    [InlineData("28P01", "the password was changed")]
    [InlineData("3D000", "the database is restored")]
    [InlineData("40001", "serialization failure")]
    [InlineData("40P01", "deadlock")]
    [InlineData("53100", "disk full")]
    [InlineData("53300", "too many connections")]
    [InlineData("55P03", "lock timeout")]
    [InlineData("57014", "statement timeout")]
    [InlineData("57P01", "shutdown by an administrator")]
    [InlineData("57P02", "crash")]
    [InlineData("57P03", "starting up")]
    [InlineData("57P05", "idle session timeout")]
    [InlineData("58030", "I/O error")]
    public void Errors_that_the_same_request_may_survive_in_a_minute_are_transient(string state, string reason) =>
        Assert.True(DatabaseErrors.IsTransient(new DbUpdateException("failed", Error(state))), reason);

    [Theory]
    [InlineData("22021", "bad data")]
    [InlineData("23505", "duplicate key")]
    [InlineData("42601", "syntax error")]
    [InlineData("42P01", "unknown table")]
    [InlineData("42703", "unknown column")]
    [InlineData("0A000", "not supported")]
    [InlineData("XX000", "internal error")]
    public void Errors_that_a_repeat_does_not_remove_are_not_transient(string state, string reason) =>
        Assert.False(DatabaseErrors.IsTransient(new DbUpdateException("failed", Error(state))), reason);

    [Fact]
    public void Broken_connections_and_hosts_that_do_not_suit_are_transient()
    {
        Assert.True(DatabaseErrors.IsTransient(new NpgsqlException("No suitable host was found.")));
        Assert.True(DatabaseErrors.IsTransient(new NpgsqlException("", new AggregateException(Error("28P01")))));
        Assert.True(DatabaseErrors.IsTransient(
            new InvalidOperationException("", new NpgsqlException("", new IOException()))));
        Assert.True(DatabaseErrors.IsTransient(new SocketException()));
        Assert.True(DatabaseErrors.IsTransient(new TimeoutException()));
        Assert.False(DatabaseErrors.IsTransient(new InvalidOperationException()));
        Assert.False(DatabaseErrors.IsTransient(null));
    }

    [Fact]
    public void A_statement_that_was_prepared_before_a_change_of_the_schema_is_prepared_again() =>
        Assert.True(DatabaseErrors.IsTransient(new PostgresException(
            "cached plan must not change result type", "ERROR", "ERROR", "0A000", routine: "RevalidateCachedQuery")));

    [Fact]
    public void What_Npgsql_throws_instead_of_its_own_exception_when_a_connection_breaks_is_transient()
    {
        Exception[] seen = [Record.Exception(() => ((string)null!).Length)!, new ObjectDisposedException("stream")];
        foreach (var failure in seen)
        {
            failure.Source = "Npgsql";
            Assert.True(DatabaseErrors.IsTransient(failure));
            Assert.Equal("a connection broke", DatabaseErrors.Reason(new DbUpdateException("failed", failure)));
            failure.Source = "MessagingServices.Server";
            Assert.False(DatabaseErrors.IsTransient(failure));
        }
    }

    [Fact]
    public async Task A_command_on_a_connection_that_broke_while_it_was_idle_fails_transiently()
    {
        await using NpgsqlConnection connection = new($"{database.ConnectionString};Keepalive=1;Pooling=false");
        await connection.OpenAsync();
        await Sql.ScalarAsync(database.ConnectionString, $"SELECT pg_terminate_backend({connection.ProcessID})");
        await Eventually.TrueAsync(() => connection.FullState == ConnectionState.Broken, () => "It is not broken.");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => connection.BeginTransactionAsync().AsTask());

        Assert.IsType<InvalidOperationException>(failure);
        Assert.True(DatabaseErrors.IsTransient(failure));
    }

    private static PostgresException Error(string state) => new("failed", "ERROR", "ERROR", state);
}
