using System.Security.Cryptography.X509Certificates;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>The way to a host of Twilio through the server's proxy.</summary>
/// <param name="Host">For example <c>api.twilio.com</c>.</param>
/// <param name="Authority">The server's development CA.</param>
internal sealed record Tunnel(string Host, X509Certificate2 Authority);
