using System.Text;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Accounts besides the configured one.</summary>
internal static class OtherAccount
{
    private const string Token = "othertoken";

    public static Task AddAsync(string connectionString, string sid, string token) => Sql.ScalarAsync(connectionString,
        $"INSERT INTO accounts (sid, auth_token, friendly_name, status, date_created, date_updated) "
            + $"VALUES ('{sid}', '{token}', 'Other', 'active', now(), now())");

    /// <summary>Creates an account, and returns a client with its credentials.</summary>
    public static async Task<HttpClient> OtherAccountAsync(this MessagingServer server)
    {
        var sid = $"AC{Guid.NewGuid():N}";
        await AddAsync(server.ConnectionString, sid, Token);
        return server.Client(sid, Token);
    }

    /// <summary>The Account SID of such a client.</summary>
    public static string SidOf(HttpClient client) => Encoding.UTF8.GetString(
        Convert.FromBase64String(client.DefaultRequestHeaders.Authorization!.Parameter!)).Split(':')[0];
}
