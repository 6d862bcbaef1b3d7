namespace MessagingServices.Server.Pipeline;

/// <summary>Which background stages this process runs: <c>Pipeline:Stages</c>.</summary>
/// <param name="Stages">The names of the stages; null for all, empty for none.</param>
public sealed record PipelineOptions(IReadOnlySet<string>? Stages)
{
    /// <summary>Reads the setting: <c>all</c> or unset, or names separated by commas; empty for none.</summary>
    /// <exception cref="StartupException">A name is of no stage.</exception>
    public static PipelineOptions Read(IConfiguration configuration, IEnumerable<string> known)
    {
        var text = configuration["Pipeline:Stages"];
        if (text is null || text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase)) return new((IReadOnlySet<string>?)null);
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.Except(known, StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown.Count > 0)
            throw new StartupException($"Pipeline:Stages names {unknown[0]}, which is no stage: use all, nothing, or some of {string.Join(", ", known)}.");
        return new(names.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether this process runs the stage.</summary>
    public bool Runs(PipelineStage stage) => stage.RunsEverywhere || Stages is null || Stages.Contains(stage.Name);
}
