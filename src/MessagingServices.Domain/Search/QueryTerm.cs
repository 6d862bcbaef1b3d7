using System.Globalization;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Search;

/// <summary>One condition of a <see cref="MessageQuery"/>.</summary>
public abstract record QueryTerm
{
    private QueryTerm() { }

    /// <summary>Whether the condition must not hold.</summary>
    public bool IsNegated { get; init; }

    /// <summary>The term in the query language, so that parsing it gives the same term.</summary>
    public sealed override string ToString() => (IsNegated ? "-" : "") + Text;

    private protected abstract string Text { get; }

    /// <summary>The body contains a text, without regard to case.</summary>
    /// <param name="Value">The text, not empty; no character of it is special.</param>
    public sealed record Word(string Value) : QueryTerm
    {
        private protected override string Text => QueryText.Word(Value);
    }

    /// <summary>The message goes to an address.</summary>
    /// <param name="Address">The normalised address; a text that is no address stays as it is.</param>
    public sealed record Recipient(string Address) : QueryTerm
    {
        private protected override string Text => $"to:{QueryText.Value(Address)}";
    }

    /// <summary>The message comes from an address.</summary>
    /// <param name="Address">The normalised address; a text that is no address stays as it is.</param>
    public sealed record Sender(string Address) : QueryTerm
    {
        private protected override string Text => $"from:{QueryText.Value(Address)}";
    }

    /// <summary>The present status of the message.</summary>
    public sealed record Status(MessageStatus Value) : QueryTerm
    {
        private protected override string Text => $"status:{EnumNames<MessageStatus>.Of(Value)}";
    }

    /// <summary>Twilio's error code of the message.</summary>
    public sealed record Failure(int Code) : QueryTerm
    {
        private protected override string Text => $"error:{Code.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The Messaging Service of the message.</summary>
    public sealed record Service(Sid Sid) : QueryTerm
    {
        private protected override string Text => $"service:{Sid}";
    }

    public sealed record Direction(MessageDirection Value) : QueryTerm
    {
        private protected override string Text => $"direction:{NameOf(Value)}";

        /// <summary>The name as messages have it, such as <c>outbound-api</c>.</summary>
        public static string NameOf(MessageDirection value) =>
            EnumNames<MessageDirection>.Of(value).Replace('_', '-');
    }

    /// <summary>The message has media.</summary>
    public sealed record HasMedia : QueryTerm
    {
        private protected override string Text => "is:media";
    }

    /// <summary>The message was created before a moment.</summary>
    public sealed record Before(DateTimeOffset Moment) : QueryTerm
    {
        private protected override string Text => $"before:{QueryText.Of(Moment)}";
    }

    /// <summary>The message was created at a moment or after it.</summary>
    public sealed record After(DateTimeOffset Moment) : QueryTerm
    {
        private protected override string Text => $"after:{QueryText.Of(Moment)}";
    }
}
