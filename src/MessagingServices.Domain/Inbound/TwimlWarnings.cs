using System.Text;

namespace MessagingServices.Domain.Inbound;

/// <summary>Collects the warnings of a document, within fixed limits.</summary>
internal sealed class TwimlWarnings
{
    private const int MaxLength = 200;

    private readonly List<TwimlWarning> collected = [];

    /// <summary>The first warnings, at most <see cref="Twiml.MaxWarnings"/>.</summary>
    public IReadOnlyList<TwimlWarning> Items => collected;

    /// <summary>Adds a warning, unless the limit is reached.</summary>
    public void Add(MessagingError error, string what)
    {
        if (collected.Count < Twiml.MaxWarnings) collected.Add(new(error.Code, Plain(what)));
    }

    /// <summary>
    /// A text that can be stored and shown: at most 200 characters, without control characters and lone surrogates.
    /// </summary>
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
