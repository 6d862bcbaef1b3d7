using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// Samples complete traces. OpenTelemetry's own sampler uses the first half of a trace's id, which is the time in a
/// message's SID. This one uses the last eight bytes, which are random.
/// </summary>
/// <param name="ratio">The share of sampled traces, from 0 to 1.</param>
/// <param name="followsParent">
/// Whether a span is sampled exactly if its parent is. A message's spans have no parent, but the id of a trace, which
/// OpenTelemetry's own <c>ParentBasedSampler</c> takes for a remote trace.
/// </param>
internal sealed class SidSampler(double ratio, bool followsParent) : Sampler
{
    private const string Name = "traceidratio";
    private const string ParentBased = $"parentbased_{Name}";

    private readonly ulong limit = ratio >= 1 ? ulong.MaxValue : (ulong)(ratio * ulong.MaxValue);

    /// <summary>
    /// The sampler of <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>; null if it is not a ratio sampler.
    /// Then OpenTelemetry makes it.
    /// </summary>
    public static Sampler? Read(IConfiguration configuration)
    {
        var name = configuration["OTEL_TRACES_SAMPLER"];
        if (name is not (Name or ParentBased)) return null;
        // Like OpenTelemetry itself: an invalid ratio samples all traces.
        var text = configuration["OTEL_TRACES_SAMPLER_ARG"];
        var isRatio = double.TryParse(text, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1;
        return new SidSampler(isRatio ? ratio : 1, name == ParentBased);
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (followsParent && parent.SpanId != default)
            return new(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        Span<byte> id = stackalloc byte[16];
        samplingParameters.TraceId.CopyTo(id);
        return new(BinaryPrimitives.ReadUInt64BigEndian(id[8..]) <= limit && limit > 0);
    }
}
