using System.Text;

namespace MessagingServices.Domain.Inbound;

/// <summary>Collects what is wrong with a document, in bounds whatever the document holds.</summary>
internal sealed class TwimlWarnings
{
    private const int MaxLength = 200;

    private readonly List<TwimlWarning> collected = [];

    /// <summary>The first ones.</summary>
    public IReadOnlyList<TwimlWarning> Collected => collected;

    /// <summary>Adds one, if there is room.</summary>
    public void Add(MessagingError error, string what)
    {
        if (collected.Count < Twiml.MaxWarnings) collected.Add(new(error.Code, Plain(what)));
    }

    /// <summary>A text that can be stored and shown: shortened, and without control characters and halves of characters.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune)) plain.Append('?');
            else plain.Append(rune.ToString());
        }

        return plain.ToString();
    }
}
