using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// Keeps a share of the traces, each whole. OpenTelemetry's own sampler goes by the first half of a trace's id, which in a message's is
/// its time; this one by the last eight bytes, which are random.
/// </summary>
/// <param name="ratio">The share to keep, from 0 to 1.</param>
/// <param name="followsParent">
/// Whether a span is kept exactly when its parent was. A message's spans have none: OpenTelemetry's own <c>ParentBasedSampler</c> would take their trace
/// for one that somebody else keeps.
/// </param>
internal sealed class SidSampler(double ratio, bool followsParent) : Sampler
{
    private const string Name = "traceidratio";
    private const string ParentBased = $"parentbased_{Name}";

    private readonly ulong kept = ratio >= 1 ? ulong.MaxValue : (ulong)(ratio * ulong.MaxValue);

    /// <summary>
    /// The sampler that <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> name, if it keeps a share; null when it is another, which
    /// OpenTelemetry makes itself.
    /// </summary>
    public static Sampler? Read(IConfiguration configuration)
    {
        var name = configuration["OTEL_TRACES_SAMPLER"];
        if (name is not (Name or ParentBased)) return null;
        // Like OpenTelemetry itself: everything is kept when the share cannot be read.
        var isShare = double.TryParse(configuration["OTEL_TRACES_SAMPLER_ARG"], CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1;
        return new SidSampler(isShare ? ratio : 1, name == ParentBased);
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (followsParent && parent.SpanId != default) return new(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        Span<byte> id = stackalloc byte[16];
        samplingParameters.TraceId.CopyTo(id);
        return new(BinaryPrimitives.ReadUInt64BigEndian(id[8..]) <= kept && kept > 0);
    }
}
