namespace MessagingServices.Server.Api.Authentication;

/// <summary>Only with an Auth Token: API keys get 401 with code 20003. Accounts and keys.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForAuthTokenAttribute : Attribute;

/// <summary>Also with test credentials, which get 403 with code 20008 elsewhere.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForTestCredentialsAttribute : Attribute;

/// <summary>It does nothing, so every credential may call it, with any policy.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForEveryCredentialAttribute : Attribute;

/// <summary>A parent may also call it for a subaccount that is suspended or closed.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForInactiveAccountsAttribute : Attribute;

/// <summary>
/// An endpoint that is no controller's, and has the same access as the emulator API: no Restricted keys, no test
/// credentials. While the default token holds, a program on the server's own machine needs no credentials.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForProgramsOfThisMachineAttribute : Attribute;
