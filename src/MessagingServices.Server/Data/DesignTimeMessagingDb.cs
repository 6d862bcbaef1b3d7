using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MessagingServices.Server.Data;

/// <summary>Gives <c>dotnet ef</c> the model without a running server or database.</summary>
internal sealed class DesignTimeMessagingDb : IDesignTimeDbContextFactory<MessagingDb>
{
    /// <inheritdoc/>
    public MessagingDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres("Host=unused").Options);
}
