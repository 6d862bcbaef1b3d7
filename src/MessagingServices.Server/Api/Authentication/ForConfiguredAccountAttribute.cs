namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// Only for the configured account, since the action concerns the whole server. Others get 401 with code 20003.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForConfiguredAccountAttribute : Attribute;
