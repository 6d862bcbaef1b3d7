using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Tests.Extracts;

/// <summary>A text of <c>texts.txt</c>, and what a person takes out of it.</summary>
internal sealed record RealText(string Language, string[] Codes, string[] Links, string Text)
{
    public static readonly IReadOnlyList<RealText> All =
    [
        .. from row in Table.Read(typeof(RealText), "texts.txt")
            let columns = row.Split('|', 4, StringSplitOptions.TrimEntries)
            select new RealText(columns[0], List(columns[1]), List(columns[2]), Regex.Unescape(columns[3])),
    ];

    public override string ToString() => $"{Language}: {Text}";

    private static string[] List(string column) => column.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
