using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// Filters the list of messages. Dates are GMT: <c>DateSent</c> means that day; <c>DateSent&lt;</c> and
/// <c>DateSent&gt;</c> with a date include the whole day, with a time they compare the moment, both inclusive.
/// </summary>
internal sealed record MessageFilter
{
    /// <summary>The recipient's address.</summary>
    [FromQuery(Name = "To")]
    public string? To { get; init; }

    /// <summary>The sender's address.</summary>
    [FromQuery(Name = "From")]
    public string? From { get; init; }

    /// <summary>Sent on this day.</summary>
    [FromQuery(Name = "DateSent")]
    [Shape(Format = "date-time")]
    public string? DateSent { get; init; }

    /// <summary>Sent then or before.</summary>
    [FromQuery(Name = "DateSent<")]
    [Shape(Format = "date-time")]
    public string? DateSentBefore { get; init; }

    /// <summary>Sent then or after.</summary>
    [FromQuery(Name = "DateSent>")]
    [Shape(Format = "date-time")]
    public string? DateSentAfter { get; init; }

    /// <exception cref="TwilioException">20001 for an unreadable date.</exception>
    public IQueryable<Message> Apply(IQueryable<Message> messages)
    {
        if (!string.IsNullOrEmpty(To))
        {
            var to = AnyAddress.Normalise(To);
            messages = messages.Where(message => message.To == to);
        }

        if (!string.IsNullOrEmpty(From))
        {
            var from = AnyAddress.Normalise(From);
            messages = messages.Where(message => message.From == from);
        }

        return messages.Within(
            message => message.DateSent, nameof(DateSent), DateSent, DateSentBefore, DateSentAfter);
    }
}
