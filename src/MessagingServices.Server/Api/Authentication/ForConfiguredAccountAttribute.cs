namespace MessagingServices.Server.Api.Authentication;

/// <summary>Only the account of the configuration may do it, since it concerns the whole server; others are answered 401 with code 20003.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForConfiguredAccountAttribute : Attribute;
