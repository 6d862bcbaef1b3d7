using System.Text;

namespace MessagingServices.Benchmarks.Load.Figures;

/// <summary>A table for the terminal: the first column to the left, figures to the right.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [];

    /// <summary>Columns after the first that hold words instead of figures.</summary>
    public IReadOnlySet<int> Words { get; init; } = new HashSet<int>();

    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length) throw new ArgumentException(
            $"A row has {headings.Length} cells, not {cells.Length}.", nameof(cells));
        rows.Add(cells);
    }

    public override string ToString()
    {
        var widths = headings.Select((heading, column) =>
            rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        var text = new StringBuilder();
        Append(text, headings, widths);
        text.AppendLine(string.Join("--", widths.Select(width => new string('-', width))));
        foreach (var row in rows) Append(text, row, widths);
        return text.ToString();
    }

    private void Append(StringBuilder text, string[] cells, int[] widths) => text.AppendLine(string.Join("  ",
        cells.Select((cell, column) => column == 0 || Words.Contains(column) ? cell.PadRight(widths[column])
            : cell.PadLeft(widths[column]))).TrimEnd());
}
