using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Tests.Messages;

/// <summary>The diagram of the message statuses in docs/architecture.md matches the table in the code.</summary>
public sealed partial class StatusDiagramTests
{
    [Fact]
    public void Diagram_has_exactly_the_allowed_transitions()
    {
        var table = from row in MessageStatuses.Next from next in row.Value select (Word(row.Key), Word(next));

        Assert.Equal(table.Order(), Arrows().Where(arrow => arrow.From != "[*]" && arrow.To != "[*]").Order());
    }

    [Fact]
    public void Diagram_ends_exactly_at_the_terminal_statuses()
    {
        var terminal = Enum.GetValues<MessageStatus>().Where(status => status.IsTerminal()).Select(Word);

        Assert.Equal(terminal.Order(), Arrows().Where(arrow => arrow.To == "[*]").Select(arrow => arrow.From).Order());
    }

    [Fact]
    public void Diagram_starts_at_every_status_without_a_predecessor()
    {
        var reached = MessageStatuses.Next.Values.SelectMany(next => next).ToHashSet();
        var first = Enum.GetValues<MessageStatus>().Where(status => !reached.Contains(status)).Select(Word);

        var drawn = Arrows().Where(arrow => arrow.From == "[*]").Select(arrow => arrow.To);
        Assert.Superset(first.ToHashSet(), drawn.ToHashSet());
    }

    private static string Word(MessageStatus status) => status.ToString().ToLowerInvariant();

    private static List<(string From, string To)> Arrows()
    {
        var diagram = Diagram.Match(File.ReadAllText(Page())).Value;
        return [.. Arrow.Matches(diagram).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MessagingServices.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "architecture.md");
    }

    [GeneratedRegex("```mermaid\\s+stateDiagram-v2.*?```", RegexOptions.Singleline)]
    private static partial Regex Diagram { get; }

    [GeneratedRegex(@"^\s*(\S+) --> (\S+)\s*(?::.*)?$", RegexOptions.Multiline)]
    private static partial Regex Arrow { get; }
}
