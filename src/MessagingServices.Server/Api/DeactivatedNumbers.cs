using System.Globalization;
using MessagingServices.Server.Api.Surfaces;
using MessagingServices.Server.Api.Errors;

namespace MessagingServices.Server.Api;

/// <summary>
/// The files to which <c>Deactivations</c> redirects: ten numbers of the US, one a line, the same for the same day.
/// They are between 202-555-0100 and 202-555-0199, which are reserved for fiction.
/// </summary>
internal static class DeactivatedNumbers
{
    /// <summary>The notation of a day in the path.</summary>
    public const string DateFormat = "yyyy-MM-dd";

    private const string Root = SurfaceRouting.DeactivationFiles;
    private const int Count = 10;
    private const int Range = 100;

    /// <summary>The path of the file of a day.</summary>
    public static string PathOf(DateOnly day) =>
        $"{Root}{day.ToString(DateFormat, CultureInfo.InvariantCulture)}.txt";

    public static void MapDeactivatedNumbers(this WebApplication app) =>
        app.MapGet(Root + "{day}.txt", RespondAsync).AllowAnonymous().ExcludeFromDescription();

    private static Task RespondAsync(HttpContext context)
    {
        var day = (string)context.GetRouteValue("day")!;
        if (!DateOnly.TryParseExact(day, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new TwilioException(ErrorRenderer.NotFound(context));
        var text = string.Concat(NumbersOf(date).Select(number => $"{number}\n"));
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = text.Length;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static IEnumerable<string> NumbersOf(DateOnly day) => Enumerable.Range(0, Count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"+1202555{100 + (((day.DayNumber * 7) + i) % Range):0000}"));
}
