namespace MessagingServices.Server.Pipeline;

/// <summary>Posts the status callbacks that are owed.</summary>
public sealed class PostStatusCallbacks : PipelineStage
{
    /// <inheritdoc/>
    public override Task<int> RunOnceAsync(CancellationToken cancellation) => Task.FromResult(0);
}
