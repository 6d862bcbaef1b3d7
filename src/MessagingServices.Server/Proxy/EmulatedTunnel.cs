using MessagingServices.Server.Api.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// A connection to an emulated host, and whose requests it has carried. It is a feature of these requests.
/// </summary>
internal sealed class EmulatedTunnel(ConnectionContext connection)
{
    private readonly Lock gate = new();
    private HashSet<(Sid Account, Sid? Key)> callers = [];
    private bool isEnding;

    /// <summary>Whose requests it has carried. Do not change it.</summary>
    public IReadOnlySet<(Sid Account, Sid? Key)> Callers => Volatile.Read(ref callers);

    /// <summary>Notes whose request it carries. Test credentials belong to no account.</summary>
    public void Carry(Credential credential)
    {
        if (credential.Kind == CredentialKind.Test) return;
        var caller = (credential.Account.Sid, credential.Key);
        if (Callers.Contains(caller)) return;
        lock (gate) Volatile.Write(ref callers, [.. callers, caller]);
    }

    /// <summary>
    /// Ends it: the first call closes it after the requests under way, the second one at once, unless others use it.
    /// </summary>
    /// <param name="isShared">Whether it carries requests of others too, which must not break.</param>
    public void End(bool isShared)
    {
        if (isEnding && !isShared) connection.Abort();
        isEnding = true;
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
