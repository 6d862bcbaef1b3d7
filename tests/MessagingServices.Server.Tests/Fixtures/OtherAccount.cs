namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>An account besides the configured one.</summary>
internal static class OtherAccount
{
    public static Task AddAsync(string connectionString, string sid, string token) => Sql.ScalarAsync(connectionString,
        $"INSERT INTO accounts (sid, auth_token, friendly_name, date_created) VALUES ('{sid}', '{token}', 'Other', now())");
}
