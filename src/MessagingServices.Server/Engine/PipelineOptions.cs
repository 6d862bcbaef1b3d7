using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Engine;

/// <summary>Which background stages this process runs.</summary>
[Section("Pipeline", "The background work of this process.", See = "deployment.md#separate-api-servers-and-workers")]
internal sealed class PipelineOptions
{
    private const string All = "all";

    private static readonly string[] WholePath =
        ["SelectSenders", "HandToCarrier", "ApplyCarrierReports", "DeliverWebhooks"];

    private static readonly Dictionary<string, string> FormerNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PostStatusCallbacks"] = "DeliverWebhooks",
    };

    [Setting("The background stages that this process runs. Empty: none, it only answers requests. `DeliverWebhooks` "
        + "was called `PostStatusCallbacks` before; that name works too.",
        Values = "`all`, or some of `SelectSenders`, `FetchMedia`, `HandToCarrier`, `ApplyCarrierReports`, "
            + "`DeliverWebhooks` and `RemoveOldMessages`, separated by commas")]
    public IReadOnlyList<string> Stages { get; init; } = [All];

    [Setting("How many messages this process moves from its memory, if it runs all stages but `FetchMedia` and "
        + "`RemoveOldMessages`. Others wait in the database between their stages. 0: all messages do.",
        Values = "0 to 200000")]
    [Range(0, 200_000)]
    public int MaxMessagesInMemory { get; init; } = 20_000;

    private bool RunsAll => Stages is [var only] && All.Equals(only, StringComparison.OrdinalIgnoreCase);

    private HashSet<string> Named => field ??= Stages.Select(name => FormerNames.GetValueOrDefault(name, name))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether this process runs every stage of a message without media: then it moves such messages from memory.
    /// </summary>
    public bool RunsWholePath() => WholePath.All(Runs);

    /// <summary>Of all stages those that this process runs.</summary>
    /// <exception cref="StartupException">The setting names a stage that does not exist.</exception>
    public IReadOnlyList<PipelineStage> Of(IEnumerable<PipelineStage> stages)
    {
        List<PipelineStage> all = [.. stages];
        var known = all.Where(stage => !stage.RunsEverywhere).Select(stage => stage.Name).ToList();
        if (!RunsAll && Named.Except(known, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
        {
            throw new StartupException($"Pipeline:Stages names {unknown}, which is no stage: use all, nothing, or "
                + $"some of {string.Join(", ", known)}.");
        }

        return [.. all.Where(stage => stage.RunsEverywhere || Runs(stage.Name))];
    }

    /// <summary>Whether this process runs the stage of that name.</summary>
    public bool Runs(string stage) => RunsAll || Named.Contains(stage);
}
