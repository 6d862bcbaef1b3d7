using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's own Node SDK, unmodified, is content with the server.</summary>
public sealed class NodeSdkTests(PostgresServer postgres)
{
    [Theory]
    [InlineData("send-through-service.mjs")]
    [InlineData("resources.mjs")]
    [InlineData("channel-senders.mjs")]
    [InlineData("senders.mjs")]
    [InlineData("mixed-pool.mjs")]
    [InlineData("smart-encoding.mjs")]
    [InlineData("message-options.mjs")]
    [InlineData("media.mjs")]
    [InlineData("inbound.mjs")]
    [InlineData("opt-outs.mjs")]
    [InlineData("conversations.mjs")]
    public async Task The_sdk_finds_what_it_expects(string script)
    {
        await using var server = new MessagingServer(postgres);
        await server.InitializeAsync();

        await NodeScript.RunAsync(script, server);
    }
}
