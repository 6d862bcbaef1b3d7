using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's official Node SDK works with the server without changes.</summary>
public sealed class NodeSdkTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("send-through-service.mjs")]
    [InlineData("majors.mjs")]
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
    [InlineData("accounts.mjs")]
    [InlineData("twilio-cli.mjs")]
    [InlineData("not-emulated.mjs")]
    [InlineData("registration.mjs")]
    [InlineData("small-surfaces.mjs")]
    [InlineData("lost-answers.mjs")]
    [InlineData("signature-checks.mjs")]
    public async Task The_SDK_gets_the_responses_that_it_expects(string script)
    {
        // Scripts compare whole lists, so each starts on an empty server.
        await server.Api.ResetAsync();

        await NodeScript.RunAsync(script, server);
    }
}
