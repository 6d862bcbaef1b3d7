namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Its 401 has no <c>WWW-Authenticate</c>: a browser would ask its user for a password, again and again, for a stream
/// that it opens in the background.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithoutChallengeAttribute : Attribute;
