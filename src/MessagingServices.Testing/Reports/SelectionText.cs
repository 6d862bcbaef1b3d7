using System.Globalization;
using System.Text.Json;

namespace MessagingServices.Testing.Reports;

/// <summary>How a Messaging Service has selected the sender of a message.</summary>
internal static class SelectionText
{
    /// <summary>Adds the sender, the reason, and the senders that rules have removed.</summary>
    public static void Add(Lines lines, JsonElement timeline)
    {
        if (timeline.GetProperty("sender_selection") is not { ValueKind: JsonValueKind.Object } selection) return;
        var chosen = selection.GetProperty("chosen").GetString();
        List<JsonElement> steps = [.. selection.GetProperty("steps").EnumerateArray()];
        lines.Add($"Sender: {chosen ?? "none"}");
        using var indent = lines.Indent();
        // Where a rule has removed the last sender, it says why itself.
        if (chosen is not null || steps is not [.., var last] || last.GetProperty("kept_count").GetInt32() > 0)
            lines.Add(selection.GetProperty("reason").GetString()!);
        foreach (var step in steps)
        {
            var removed = step.GetProperty("removed");
            foreach (var sender in removed.EnumerateArray())
            {
                lines.Add($"not {sender.GetProperty("sender").GetString()}: {sender.GetProperty("why").GetString()} "
                    + $"({step.GetProperty("rule").GetString()})");
            }

            var more = step.GetProperty("removed_count").GetInt32() - removed.GetArrayLength();
            if (more > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"nor {more} more"));
        }
    }
}
