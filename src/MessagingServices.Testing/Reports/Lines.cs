using System.Text;

namespace MessagingServices.Testing.Reports;

/// <summary>A text of lines.</summary>
internal sealed class Lines
{
    private readonly StringBuilder text = new();
    private string indent = "";

    /// <summary>Adds a line, or several; an empty text is left out.</summary>
    public Lines Add(string line)
    {
        if (line.Length > 0)
            text.Append(text.Length > 0 ? "\n" : "").Append(indent).Append(line.Replace("\n", $"\n{indent}"));
        return this;
    }

    /// <summary>Adds a heading with a line for each item, or another line when there are none.</summary>
    public Lines AddList<T>(string heading, IReadOnlyCollection<T> items, Func<T, string> line, string none = "")
    {
        if (items.Count == 0) return Add(none);
        Add(heading);
        using (Indent())
            foreach (var item in items) Add(line(item));
        return this;
    }

    /// <summary>Indents what is added until the end of the scope.</summary>
    public Scope Indent()
    {
        indent += "  ";
        return new(this);
    }

    public override string ToString() => text.ToString();

    /// <summary>Where lines are indented.</summary>
    public readonly struct Scope(Lines lines) : IDisposable
    {
        public void Dispose() => lines.indent = lines.indent[2..];
    }
}
