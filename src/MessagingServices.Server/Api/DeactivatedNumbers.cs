using System.Globalization;
using MessagingServices.Server.Api.Surfaces;
using MessagingServices.Server.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

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
        app.MapGet(Root + "{day}.txt", Respond).AllowAnonymous().ExcludeFromDescription();

    private static ContentHttpResult Respond(HttpContext context, string day) =>
        DateOnly.TryParseExact(day, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? TypedResults.Text(string.Concat(NumbersOf(date).Select(number => $"{number}\n")), "text/plain")
            : throw new TwilioException(ErrorRenderer.NotFound(context));

    private static IEnumerable<string> NumbersOf(DateOnly day) => Enumerable.Range(0, Count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"+1202555{100 + (((day.DayNumber * 7) + i) % Range):0000}"));
}
