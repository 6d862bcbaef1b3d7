using Aspire.Hosting.ApplicationModel;

namespace MessagingServices.Aspire.Hosting;

/// <summary>
/// The server as a resource: the .NET tool <c>MessagingServices</c>, with a database that ends with the application
/// host.
/// </summary>
/// <param name="name">The name of the resource.</param>
public sealed class MessagingServicesResource(string name)
    : DotnetToolResource(name, "MessagingServices"), IResourceWithConnectionString
{
    internal const string EndpointName = "http";

    private EndpointReference? endpoint;

    /// <summary>The endpoint of everything: Twilio's APIs, the emulator API, the console and the proxy.</summary>
    public EndpointReference PrimaryEndpoint => endpoint ??= new(this, EndpointName);

    /// <summary>The SID of the account: the server's default. Only this machine reaches the server.</summary>
    public string AccountSid { get; } = "AC00000000000000000000000000000001";

    /// <summary>The Auth Token of the account: the server's default.</summary>
    public string AuthToken { get; } = "0123456789abcdef0123456789abcdef";

    /// <summary>The URL of the server.</summary>
    public ReferenceExpression UriExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Url)}");

    /// <summary><c>Endpoint=http://localhost:8080;AccountSid=AC...;AuthToken=...</c></summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={UriExpression};AccountSid={AccountSid};AuthToken={AuthToken}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Uri", UriExpression);
        yield return new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}"));
        yield return new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}"));
        yield return new("AccountSid", ReferenceExpression.Create($"{AccountSid}"));
        yield return new("AuthToken", ReferenceExpression.Create($"{AuthToken}"));
    }
}
