using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>What connects an application to this server.</summary>
internal sealed class GetConnectionTool(ApplicationEnvironment environment) : IAgentTool
{
    private const string Language = "language";

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "get_connection", "Get the connection",
        "Returns the credentials of the account, and the environment variables with which an unmodified application "
        + "that uses a Twilio SDK calls this server instead of Twilio. Set the variables in the process of the "
        + "application; its code stays as it is.",
        [
            ToolParameter.OfText(
                Language, "The language of the application: which variables it needs. All of them when absent.")
                with { Words = EnvironmentRules.Languages },
        ],
        typeof(Connection)) { IsReadOnly = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new EnvironmentForm { Language = call.Arguments.Text(Language) });
        var request = call.Context.Request;
        return new Connection
        {
            Url = request.AbsoluteUrl(""),
            Credentials = CallerCredentials.Of(call.Context),
            Environment = (await environment.ReadAsync(call.Context, form, cancellation))
                .ToDictionary(variable => variable.Name, variable => variable.Value),
            Files = request.AbsoluteUrl("/emulator/v1/Environment/"),
            Documentation = request.AbsoluteUrl("/llms.txt"),
        };
    }

    /// <summary>What an application needs.</summary>
    internal sealed record Connection
    {
        /// <summary>The server's address.</summary>
        public required string Url { get; init; }

        /// <summary>The caller's credentials.</summary>
        public required CallerCredentials Credentials { get; init; }

        /// <summary>The environment variables by name.</summary>
        public required IReadOnlyDictionary<string, string> Environment { get; init; }

        /// <summary>
        /// Where the files that the variables name can be downloaded, for an application on another machine.
        /// </summary>
        public required string Files { get; init; }

        /// <summary>The beginning of the server's documentation.</summary>
        public required string Documentation { get; init; }
    }
}
