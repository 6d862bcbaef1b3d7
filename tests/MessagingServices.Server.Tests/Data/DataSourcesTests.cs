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
        var request = new byte[8];
        await server.GetStream().ReadExactlyAsync(request, TestContext.Current.CancellationToken);
        // PostgreSQL without TLS.
        await server.GetStream().WriteAsync("N"u8.ToArray(), TestContext.Current.CancellationToken);

        // Source: https://www.postgresql.org/docs/current/protocol-message-formats.html, SSLRequest.
        Assert.Equal([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f], request);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await opening);
    }
}
