using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Tests.Messages;

/// <summary>The README's diagram of the message statuses is the table that the code goes by.</summary>
public sealed partial class StatusDiagramTests
{
    [Fact]
    public void The_readme_draws_exactly_the_transitions_that_there_are()
    {
        var table = from row in MessageStatuses.Next from next in row.Value select (Word(row.Key), Word(next));

        Assert.Equal(table.Order(), Arrows().Where(arrow => arrow.From != "[*]" && arrow.To != "[*]").Order());
    }

    [Fact]
    public void The_readme_ends_exactly_the_statuses_that_end()
    {
        var terminal = Enum.GetValues<MessageStatus>().Where(status => status.IsTerminal()).Select(Word);

        Assert.Equal(terminal.Order(), Arrows().Where(arrow => arrow.To == "[*]").Select(arrow => arrow.From).Order());
    }

    [Fact]
    public void The_readme_starts_every_status_that_nothing_leads_to()
    {
        var reached = MessageStatuses.Next.Values.SelectMany(next => next).ToHashSet();
        var first = Enum.GetValues<MessageStatus>().Where(status => !reached.Contains(status)).Select(Word);

        Assert.Superset(first.ToHashSet(), Arrows().Where(arrow => arrow.From == "[*]").Select(arrow => arrow.To).ToHashSet());
    }

    private static string Word(MessageStatus status) => status.ToString().ToLowerInvariant();

    private static List<(string From, string To)> Arrows()
    {
        var diagram = Diagram.Match(File.ReadAllText(Readme())).Value;
        return [.. Arrow.Matches(diagram).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
    }

    private static string Readme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MessagingServices.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "README.md");
    }

    [GeneratedRegex("```mermaid\\s+stateDiagram-v2.*?```", RegexOptions.Singleline)]
    private static partial Regex Diagram { get; }

    [GeneratedRegex(@"^\s*(\S+) --> (\S+)\s*(?::.*)?$", RegexOptions.Multiline)]
    private static partial Regex Arrow { get; }
}
