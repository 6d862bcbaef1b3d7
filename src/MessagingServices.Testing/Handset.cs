using System.Globalization;
using MessagingServices.Testing.Http;
using MessagingServices.Testing.Messages;
using MessagingServices.Testing.Reports;

namespace MessagingServices.Testing;

/// <summary>
/// A phone: it receives what the application sends to its number, once each, and writes to the application. Several
/// threads may use it.
/// </summary>
public sealed class Handset
{
    private readonly EmulatorApi api;
    private readonly Settling settling;
    private readonly MessageStore messages;
    private readonly Mailbox mailbox;
    private volatile EmulatedMessage? last;

    internal Handset(EmulatorApi api, MessageStore messages, string number)
    {
        (this.api, this.messages) = (api, messages);
        Number = number;
        settling = new(api, messages);
        mailbox = new(messages, api.Options, number);
    }

    /// <summary>Its number in E.164, behind <c>whatsapp:</c> or <c>rcs:</c> on these channels.</summary>
    public string Number { get; }

    /// <summary>
    /// Reads the oldest message that has arrived and was not read, and waits until there is one. A message has arrived
    /// when it is <c>delivered</c> or <c>read</c>.
    /// </summary>
    /// <param name="containing">Only a message with this text in its body, case-sensitive; others stay unread.</param>
    /// <param name="timeout">How long to wait, in real time; null: 10 seconds.</param>
    /// <exception cref="EmulatorException">
    /// None has arrived. The message says what did, and why others did not.
    /// </exception>
    public Task<EmulatedMessage> ReceiveAsync(string? containing = null, TimeSpan? timeout = null) => ReceiveAsync(
        containing is null ? "" : $" that contains \"{containing}\"",
        message => containing is null || message.Body.Contains(containing, StringComparison.Ordinal), timeout);

    /// <summary>
    /// Reads the oldest unread message that has a one-time code, waits until there is one, and returns the code.
    /// Messages without a code stay unread.
    /// </summary>
    /// <param name="pattern">See <see cref="EmulatedMessage.Code"/>.</param>
    /// <param name="timeout">How long to wait, in real time; null: 10 seconds.</param>
    /// <exception cref="EmulatorException">
    /// None has arrived. The message says what did, and why others did not.
    /// </exception>
    public async Task<string> ReceiveCodeAsync(string? pattern = null, TimeSpan? timeout = null)
    {
        var wanted = pattern is null ? " with a code" : $" with a code that matches {pattern}";
        var message = await ReceiveAsync(wanted, message => message.FindCode(pattern) is not null, timeout)
            .ConfigureAwait(false);
        return message.FindCode(pattern)!;
    }

    /// <summary>
    /// Fails if a message has arrived that was not read, or is about to arrive. It does not sleep: it moves the clock
    /// of the account by a second, and on until no message to this number is on its way, and waits for the application
    /// to answer webhooks.
    /// </summary>
    /// <exception cref="EmulatorException">There is one.</exception>
    public async Task ReceiveNothingAsync()
    {
        await settling.FinishAsync(Number).ConfigureAwait(false);
        var unread = await mailbox.UnreadAsync().ConfigureAwait(false);
        if (unread.Count > 0) throw new EmulatorException(Report.OfUnexpected(Number, unread));
    }

    /// <summary>
    /// Writes to a sender of the account. The message is received when the task ends; webhooks follow.
    /// </summary>
    /// <param name="to">A number, short code, or WhatsApp or RCS sender of the account.</param>
    /// <param name="body">The text.</param>
    /// <exception cref="EmulatorException">The account has no such sender.</exception>
    public Task SendAsync(string to, string body) =>
        api.PostAsync("/emulator/v1/InboundMessages", ("From", Number), ("To", to), ("Body", body));

    /// <summary>Answers the message that was read last.</summary>
    /// <param name="body">The text.</param>
    /// <exception cref="EmulatorException">None was read.</exception>
    public Task ReplyAsync(string body) => last is { } message
        ? SendAsync(message.From, body)
        : throw new EmulatorException($"{Number} has read no message that it could answer: receive one first.");

    private async Task<EmulatedMessage> ReceiveAsync(
        string wanted, Func<EmulatedMessage, bool> isWanted, TimeSpan? timeout)
    {
        var limit = timeout ?? EmulatedAccount.DefaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero, nameof(timeout));
        if (await mailbox.TakeAsync(isWanted, limit).ConfigureAwait(false) is not { } message)
        {
            var seconds = limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            throw new EmulatorException(await new Report(api, messages).OfMissingMessageAsync(
                Number, $"has received no message{wanted} within {seconds} s", mailbox.IsRead).ConfigureAwait(false));
        }

        last = message;
        return message;
    }
}
