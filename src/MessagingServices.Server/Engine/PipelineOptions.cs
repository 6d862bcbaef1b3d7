namespace MessagingServices.Server.Engine;

/// <summary>Which background stages this process runs: <c>Pipeline:Stages</c>.</summary>
/// <param name="Stages">The names of the stages; null for all, empty for none.</param>
internal sealed record PipelineOptions(IReadOnlySet<string>? Stages)
{
    /// <summary>Reads the setting: <c>all</c> or unset, or names separated by commas; empty for none.</summary>
    public static PipelineOptions Read(IConfiguration configuration)
    {
        var text = configuration["Pipeline:Stages"];
        if (text is null || text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase)) return
            new((IReadOnlySet<string>?)null);
        return new(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Of all stages those that this process runs.</summary>
    /// <exception cref="StartupException">The setting names a stage that there is not.</exception>
    public IReadOnlyList<PipelineStage> Of(IEnumerable<PipelineStage> stages)
    {
        List<PipelineStage> all = [.. stages];
        var known = all.Where(stage => !stage.RunsEverywhere).Select(stage => stage.Name).ToList();
        if (Stages?.Except(known, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            throw new StartupException(
                $"Pipeline:Stages names {unknown}, which is no stage: use all, nothing, or some of "
                + $"{string.Join(", ", known)}.");
        return [.. all.Where(stage => stage.RunsEverywhere || Runs(stage.Name))];
    }

    /// <summary>Whether this process runs the stage of that name.</summary>
    public bool Runs(string stage) => Stages is null || Stages.Contains(stage);
}
