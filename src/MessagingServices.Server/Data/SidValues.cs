namespace MessagingServices.Server.Data;

/// <summary>SIDs as parameters of SQL.</summary>
internal static class SidValues
{
    /// <summary>The texts of SIDs, for <c>ANY</c> and <c>unnest</c>.</summary>
    public static string[] Values(this IEnumerable<Sid> sids) => [.. sids.Select(sid => sid.Value)];
}
