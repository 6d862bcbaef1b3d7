using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MessagingServices.Server.Tests.Data;

/// <summary>Connections can do what connection strings ask for.</summary>
public sealed class DataSourcesTests
{
    [Fact]
    public async Task A_connection_string_may_require_TLS()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var source = DataSources.Create($"Host=127.0.0.1;Port={port};Username=u;SSL Mode=Require");
        var opening = source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        using var server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = server.GetStream();
        var request = new byte[8];
        await stream.ReadExactlyAsync(request, TestContext.Current.CancellationToken);
        // PostgreSQL agrees to TLS. Source: https://www.postgresql.org/docs/current/protocol-flow.html, SSL.
        await stream.WriteAsync("S"u8.ToArray(), TestContext.Current.CancellationToken);
        var hello = new byte[1];
        await stream.ReadExactlyAsync(hello, TestContext.Current.CancellationToken);
        server.Close();

        const byte handshake = 22;
        Assert.Equal(handshake, hello[0]);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await opening);
    }
}
