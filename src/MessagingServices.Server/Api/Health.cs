using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class Health
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/livez", Methods, () => Results.Text("ok")).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/readyz", Methods, IsReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> IsReadyAsync(
        IDbContextFactory<MessagingDb> databases, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await using var db = await databases.CreateDbContextAsync(patience.Token);
            await db.Database.ExecuteSqlAsync($"SELECT 1", patience.Token);
            return Results.Text("ok");
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
