using System.Text.Json;

namespace MessagingServices.Testing.Reports;

/// <summary>How a Messaging Service has selected the sender of a message.</summary>
internal static class SelectionText
{
    /// <summary>Adds the reason, and each rule that has removed senders.</summary>
    public static void Add(Lines lines, JsonElement timeline)
    {
        if (timeline.GetProperty("sender_selection") is not { ValueKind: JsonValueKind.Object } selection) return;
        lines.Add($"Sender: {selection.GetProperty("chosen").GetString() ?? "none"}");
        using var indent = lines.Indent();
        lines.Add(selection.GetProperty("reason").GetString()!);
        foreach (var step in selection.GetProperty("steps").EnumerateArray())
        {
            if (step.GetProperty("removed").GetArrayLength() == 0) continue;
            lines.AddList(
                $"{step.GetProperty("rule").GetString()}: {step.GetProperty("reason").GetString()}",
                [.. step.GetProperty("removed").EnumerateArray()],
                removed =>
                    $"not {removed.GetProperty("sender").GetString()}: {removed.GetProperty("why").GetString()}");
        }
    }
}
