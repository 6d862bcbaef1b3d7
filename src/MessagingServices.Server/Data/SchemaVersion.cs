using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MessagingServices.Server.Data;

/// <summary>The version of the database's schema in this program.</summary>
internal static class SchemaVersion
{
    private static readonly Lazy<IReadOnlyList<string>> Ids = new(() =>
    [
        .. typeof(MessagingDb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id).Order(StringComparer.Ordinal),
    ]);

    /// <summary>The IDs of all migrations, in the order in which they are applied.</summary>
    public static IReadOnlyList<string> Migrations => Ids.Value;
}
