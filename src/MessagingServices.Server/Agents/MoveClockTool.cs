using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Agents;

/// <summary>Moves the clock of the account.</summary>
internal sealed class MoveClockTool(
    EmulatorClock clock, MoveClock move, MoveClockToNext moveToNext, DueThings things) : IAgentTool
{
    private const string Advance = "advance";
    private const string Next = "next";
    private const string Freeze = "freeze";

    /// <summary>A model reads all of them.</summary>
    private const int MaxDue = 20;

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "move_clock", "Move the clock",
        "Moves the clock of the account, for example past a scheduled message or a validity period. What comes due on "
        + "the way happens at its time, and is done when this returns. Returns the time, and what is due next. Without "
        + "arguments it only returns them.",
        [
            ToolParameter.OfText(Advance, "How far: an ISO 8601 duration such as PT1H or P3D."),
            new(Next, "true: to the next due thing, however far it is.", "boolean"),
            new(Freeze, "true: the clock stops, and moves only by this tool. false: it runs on.", "boolean")
                { Field = nameof(ChangeClockForm.Frozen) },
        ],
        typeof(ClockAndDue)) { TakesLong = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        if (!call.Arguments.AreEmpty) await ChangeAsync(call, cancellation);
        var due = await things.ReadAsync(call.Account, MaxDue, cancellation);
        var state = ClockResource.Of(clock, call.Account);
        return new ClockAndDue(state.Now, state.Frozen, [.. due.Select(DueEntry.Of)]);
    }

    private Task ChangeAsync(ToolCall call, CancellationToken cancellation)
    {
        var (advance, isToNext) = (call.Arguments.Text(Advance), call.Arguments.Flag(Next));
        if (advance is not null && isToNext)
            throw ToolArguments.Wrong($"Only one of {Advance} and {Next} can be given");
        if (advance is null && !isToNext && !call.Arguments.Has(Freeze)) return Task.CompletedTask;
        var form = call.Checked(new ChangeClockForm
        {
            Advance = isToNext ? ChangeClockForm.NextDue : advance, Frozen = call.Arguments.Text(Freeze),
        });
        return form.IsToNext
            ? moveToNext.MoveAsync(call.Account, form.ToChange().Frozen, cancellation)
            : move.ChangeAsync(call.Account, form.ToChange(), cancellation);
    }

    /// <summary>The clock.</summary>
    /// <param name="Now">Its time.</param>
    /// <param name="Frozen">Whether it is frozen.</param>
    /// <param name="Due">What is due next, at most 20 entries.</param>
    internal sealed record ClockAndDue(PreciseDate Now, bool Frozen, IReadOnlyList<DueEntry> Due);
}
