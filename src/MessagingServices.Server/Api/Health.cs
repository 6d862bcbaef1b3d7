namespace MessagingServices.Server.Api;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class Health
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/livez", Methods, () => Results.Text("ok")).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/readyz", Methods, IsReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> IsReadyAsync(DatabaseHealth database) =>
        await database.FindFaultAsync() is { } fault
            ? Results.Text(fault, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok");
}
