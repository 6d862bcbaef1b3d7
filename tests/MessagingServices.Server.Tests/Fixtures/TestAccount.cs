using System.Net.Http.Headers;
using System.Text;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A subaccount: a world of its own on a server that tests share.</summary>
/// <param name="Sid">Its SID.</param>
/// <param name="AuthToken">Its Auth Token.</param>
/// <param name="Http">
/// Calls with its credentials. A path that names the configured account leads to this account, so that
/// <see cref="Api"/> works for it too.
/// </param>
internal sealed record TestAccount(string Sid, string AuthToken, HttpClient Http)
{
    /// <summary>The API with the account's credentials, for the account.</summary>
    public TestApi Api => new(Http);

    /// <summary>Creates an account, as a parent does.</summary>
    public static async Task<TestAccount> CreateAsync(HttpClient parent, string name = "Test")
    {
        var created = await parent.Api.PostAsync("/2010-04-01/Accounts.json", ("FriendlyName", name)).ExpectAsync(201);
        return Of(created["sid"]!, created["auth_token"]!, parent.BaseAddress!);
    }

    /// <summary>The same account on another server of the database.</summary>
    public TestAccount On(Uri server) => Of(Sid, AuthToken, server);

    /// <summary>The path in this account's name instead of the configured one's.</summary>
    public string PathOf(string path) => path.Replace(MessagingServer.AccountSid, Sid, StringComparison.Ordinal);

    private static TestAccount Of(string sid, string token, Uri server)
    {
        HttpClient http = new(new OwnPaths(sid)) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sid}:{token}")));
        return new(sid, token, http);
    }

    private sealed class OwnPaths(string sid) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var url = request.RequestUri!.OriginalString;
            if (url.Contains(MessagingServer.AccountSid, StringComparison.Ordinal))
                request.RequestUri = new(url.Replace(MessagingServer.AccountSid, sid, StringComparison.Ordinal));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
